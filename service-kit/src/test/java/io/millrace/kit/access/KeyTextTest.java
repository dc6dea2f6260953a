package io.millrace.kit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    @Test
    void keyNamesItsScopesAndIsWellFormed() {
        String key = KeyText.made(new Random(1), Set.of(Scope.QUERY, Scope.INGEST));
        assertThat(key).matches("mr_iq_[0-9A-Za-z]{40}").matches(KeyText::wellFormed);
        assertThat(KeyText.prefix(key)).isEqualTo(key.substring(0, 12));
    }

    @Test
    void keysDiffer() {
        Random random = new Random(2);
        assertThat(Stream.generate(() -> KeyText.made(random, Set.of(Scope.ADMIN)))
                        .limit(1_000))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "mr_i_", "mr_i_0123456789012345678901234567890", "MR_i_01234567890123456789012345678901"})
    void otherTextIsNoKey(String text) {
        assertThat(KeyText.wellFormed(text)).isFalse();
    }

    @Test
    void keysAreBoundedInLength() {
        assertThat(KeyText.wellFormed("mr_i_" + "a".repeat(32))).isTrue();
        assertThat(KeyText.wellFormed("mr_i_" + "a".repeat(128))).isTrue();
        assertThat(KeyText.wellFormed("mr_i_" + "a".repeat(129))).isFalse();
    }

    @Test
    void publicKeyIsForIngestOnly() {
        List<String> origins = List.of("https://shop.example", "http://localhost:3000");
        assertThat(new KeyRequest("web", Set.of(Scope.INGEST), origins, null).origins())
                .isEqualTo(origins);
        assertThatThrownBy(() -> new KeyRequest("web", Set.of(Scope.INGEST, Scope.QUERY), origins, null))
                .hasMessageContaining("ingest only");
        assertThatThrownBy(() -> new KeyRequest("web", Set.of(Scope.INGEST), List.of("shop.example/path"), null))
                .hasMessageContaining("origin");
    }

    @Test
    void keyRequestHasLimits() {
        Set<Scope> query = Set.of(Scope.QUERY);
        assertThat(new KeyRequest("l".repeat(128), query, List.of(), null)).isNotNull();
        assertThatThrownBy(() -> new KeyRequest("l".repeat(129), query, List.of(), null))
                .hasMessageContaining("128");
        assertThatThrownBy(() -> new KeyRequest("", Set.of(), List.of(), null)).hasMessageContaining("scope");
        List<String> origins = Stream.iterate(0, i -> i + 1)
                .limit(33)
                .map(i -> "https://s" + i + ".example")
                .toList();
        assertThat(new KeyRequest("", Set.of(Scope.INGEST), origins.subList(0, 32), null))
                .isNotNull();
        assertThatThrownBy(() -> new KeyRequest("", Set.of(Scope.INGEST), origins, null))
                .hasMessageContaining("32");
    }

    @Test
    void issuedKeyDoesNotPrintItself() {
        String text = KeyText.made(new Random(3), Set.of(Scope.INGEST));
        ApiKey key = new ApiKey(
                new java.util.UUID(0, 1),
                new io.millrace.log.Tenant("shop"),
                KeyText.prefix(text),
                "",
                Set.of(Scope.INGEST),
                List.of(),
                java.time.Instant.EPOCH,
                null,
                null);
        assertThat(new IssuedKey(text, key).toString())
                .contains(KeyText.prefix(text))
                .doesNotContain(text);
    }
}
