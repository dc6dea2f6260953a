package io.millrace.cli.load;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All rejected lines as NDJSON: {@code line}, {@code code}, {@code detail} and {@code original}, the line as it was.
 * What is not UTF-8 stands under {@code original_base64}; of a line that was too long, {@code original_bytes} tells the
 * length and the original is its beginning.
 */
public final class RejectedFile implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OutputStream out;

    /** Replaces the file if there is one. */
    public RejectedFile(Path file) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file));
    }

    void write(RejectedLine rejected) throws IOException {
        Line line = rejected.line();
        ObjectNode json = JSON.createObjectNode()
                .put("line", line.number())
                .put("code", rejected.code())
                .put("detail", rejected.detail());
        try {
            json.put(
                    "original",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(line.text()))
                            .toString());
        } catch (CharacterCodingException e) {
            json.put("original_base64", line.text());
        }
        if (!line.isWhole()) {
            json.put("original_bytes", line.bytes());
        }
        out.write(JSON.writeValueAsBytes(json));
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
