package io.millrace.prove.proxy;

import java.util.regex.Pattern;

/** What a consumer asks of ClickHouse, as far as the text of a request tells. */
public enum Step {
    /** The events of a range. */
    EVENTS("INSERT\\s+INTO\\s+(TABLE\\s+)?\\S*\\bevents_in\\b"),
    /** One table alone, after it was found short. */
    REPAIR("INSERT\\s+INTO\\s+(TABLE\\s+)?\\S*\\bevents(_per_(minute|hour))?\\b"),
    DEAD_LETTERS("INSERT\\s+INTO\\s+(TABLE\\s+)?\\S*\\bdead_letters\\b"),
    /** The row that says what became of a range. */
    LEDGER("INSERT\\s+INTO\\s+(TABLE\\s+)?\\S*\\bledger\\b"),
    /** Ends what an owner before may still be running. */
    KILL("KILL\\s+QUERY"),
    /** A question of any kind. */
    QUESTION("SELECT");

    private final Pattern text;

    Step(String text) {
        this.text = Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    }

    /** The step of a request, from its decoded address and the beginning of its body. */
    static Step of(String request) {
        for (Step step : values()) {
            if (step.text.matcher(request).find()) {
                return step;
            }
        }
        return QUESTION;
    }
}
