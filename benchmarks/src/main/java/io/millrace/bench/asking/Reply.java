package io.millrace.bench.asking;

import java.nio.charset.StandardCharsets;

/** What came back over HTTP. */
public final class Reply {
    private static final int OK = 200;

    private final int status;
    private final byte[] body;

    Reply(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    /** Whole; not to be changed. */
    byte[] body() {
        return body;
    }

    /** Whether it was answered. */
    public boolean isOk() {
        return status == OK;
    }

    /** The body in UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
