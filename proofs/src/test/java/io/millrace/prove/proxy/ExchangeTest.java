package io.millrace.prove.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExchangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /?query=INSERT INTO `events_in` (tenant) FORMAT Native | EVENTS",
                "INSERT INTO millrace.events_in SELECT * FROM input('offset UInt64') | EVENTS",
                "insert into `events` (tenant) format Native | REPAIR",
                "INSERT INTO events_per_minute SELECT tenant FROM events | REPAIR",
                "INSERT INTO millrace.events_per_hour SELECT tenant FROM events | REPAIR",
                "INSERT INTO `dead_letters` (log_id) FORMAT Native | DEAD_LETTERS",
                "INSERT INTO `ledger` (log_id) FORMAT Native | LEDGER",
                "KILL QUERY WHERE query_id LIKE '1-3-%' SYNC | KILL",
                "SELECT max(end_offset) FROM ledger FINAL | QUESTION",
                "GET /ping HTTP/1.1 | QUESTION",
            })
    void stepIsReadFromTheStatement(String request, Step step) {
        assertThat(Step.of(request)).isEqualTo(step);
    }

    @Test
    void rangeIsReadFromTheQueryId() {
        Exchange exchange = new Exchange(0, Step.EVENTS, "1-7-100-200-9b1d");

        assertThat(exchange.partition()).isEqualTo(7);
        assertThat(exchange.concerns(7, 100)).isTrue();
        assertThat(exchange.concerns(7, 199)).isTrue();
        assertThat(exchange.concerns(7, 99)).isFalse();
        assertThat(exchange.concerns(7, 200)).isFalse();
        assertThat(exchange.concerns(8, 150)).isFalse();
    }

    @Test
    void otherQueryIdsConcernNoRange() {
        Exchange exchange = new Exchange(0, Step.QUESTION, "0b3c7a0e-1d5c-4a3c-8f7e-1f2a3b4c5d6e");

        assertThat(exchange.partition()).isEqualTo(-1);
        assertThat(exchange.concerns(0, 0)).isFalse();
    }
}
