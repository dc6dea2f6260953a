package io.millrace.prove.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpMessageTest {
    private static final String REST = "POST /next HTTP/1.1\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
                "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\n\r\n",
                "GET /?query=SELECT HTTP/1.1\r\nHost: here\r\n\r\n"
            })
    void readsOneMessageByteByByteAndNoMore(String message) throws IOException {
        InputStream in = new ByteArrayInputStream((message + REST).getBytes(US_ASCII));

        HttpMessage read = HttpMessage.readBody(HttpMessage.readHead(in), in, false);

        assertThat(new String(read.headBytes(), US_ASCII) + new String(read.body(), US_ASCII))
                .isEqualTo(message);
        assertThat(new String(in.readAllBytes(), US_ASCII)).isEqualTo(REST);
    }

    @Test
    void answerWithoutALengthLastsToTheEnd() throws IOException {
        InputStream in = new ByteArrayInputStream("HTTP/1.0 200 OK\r\n\r\nall of it".getBytes(US_ASCII));

        HttpMessage read = HttpMessage.readBody(HttpMessage.readHead(in), in, true);

        assertThat(read.last()).isTrue();
        assertThat(new String(read.body(), US_ASCII)).isEqualTo("all of it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhell",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
            })
    void messageThatEndsEarlyIsNone(String message) {
        InputStream in = new ByteArrayInputStream(message.getBytes(US_ASCII));

        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> HttpMessage.readBody(HttpMessage.readHead(in), in, false));
    }

    @Test
    void fieldsAreFoundInAnyCaseAndTakenOut() {
        String head = "POST / HTTP/1.1\r\nEXPECT: 100-continue\r\nHost: here\r\n\r\n";

        assertThat(HttpMessage.field(head, "expect")).isEqualTo("100-continue");
        assertThat(HttpMessage.without(head, "expect")).isEqualTo("POST / HTTP/1.1\r\nHost: here\r\n\r\n");
    }
}
