package io.millrace.prove.asking;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** All that was asked in a run: the questions in memory, what came of them in a file. For several threads. */
public final class AnswerBook implements AutoCloseable {
    private final Path file;
    private final BufferedWriter out;
    private final List<Question> questions = new ArrayList<>();
    private long asked;
    private long answered;

    private AnswerBook(Path file, BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    /** An empty book in a folder. */
    public static AnswerBook in(Path folder) throws IOException {
        Path file = folder.resolve("answers.tsv");
        return new AnswerBook(file, Files.newBufferedWriter(file));
    }

    /** Notes a question. {@return its number} */
    public synchronized int add(Question question) {
        questions.add(question);
        return questions.size() - 1;
    }

    /** Notes what came of one. */
    public synchronized void add(Asked one) {
        try {
            out.write(one.toLine());
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        asked++;
        if (one.isAnswered()) {
            answered++;
        }
    }

    /** A question by its number. */
    synchronized Question question(int number) {
        return questions.get(number);
    }

    /** Answers so far. */
    public synchronized long answered() {
        return answered;
    }

    @Override
    public synchronized String toString() {
        return "%,d questions, %,d times asked, %,d times answered".formatted(questions.size(), asked, answered);
    }

    /** Shows everything once more, in the order in which it was written. Nothing is written any more. */
    public void forEach(BiConsumer<Question, Asked> reader) throws IOException {
        close();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Asked one = Asked.of(line);
                reader.accept(question(one.question()), one);
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
