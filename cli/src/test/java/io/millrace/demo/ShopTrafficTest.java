package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ShopTrafficTest {
    private static final Instant START = Instant.parse("2026-11-20T23:59:59.990Z");
    private static final int MANY = 40_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<JsonNode> EVENTS =
            events(7, MANY).stream().map(JSON::readTree).toList();

    @Test
    void sameSeedAndTimesGiveTheSameBytes() {
        assertThat(events(42, 1_000)).isEqualTo(events(42, 1_000)).isNotEqualTo(events(43, 1_000));
    }

    @Test
    void firstEventOfASeedNeverChanges() {
        String first = new String(new ShopTraffic(1).next(START), StandardCharsets.US_ASCII);
        assertThat(first).isEqualTo("""
                {"event_id":"fbe2c56a-d03e-4e53-b6e8-9316f73ecc2b","event_type":"search",\
                "timestamp":"2026-11-20T23:59:59.990Z","user_id":"user-46326",\
                "session_id":"786788da-4393-4fa4-9a66-f08db5325f8c","properties":{\
                "page":"https://www.shop.example/en/search?query=term-1862","referrer":"direct",\
                "device":"mobile","country":"PL","returning":false,"load_millis":695}}""");
    }

    @Test
    void meanSizeIsWithinTenBytesOfWhatIsPromised() {
        double mean =
                events(3, MANY).stream().mapToInt(String::length).average().orElseThrow();
        assertThat(mean).isEqualTo(ShopTraffic.EVENT_BYTES_MEAN, within(10.0));
    }

    @Test
    void everyEventFitsTheRoomAsked() {
        assertThat(events(4, MANY))
                .allSatisfy(event -> assertThat(event.length()).isLessThan(440));
    }

    @Test
    void refusesTooLittleRoom() {
        ShopTraffic traffic = new ShopTraffic(1);
        byte[] target = new byte[2 * ShopTraffic.EVENT_BYTES_MAX];
        assertThat(traffic.write(0, target, ShopTraffic.EVENT_BYTES_MAX)).isGreaterThan(ShopTraffic.EVENT_BYTES_MAX);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traffic.write(0, target, ShopTraffic.EVENT_BYTES_MAX + 1));
    }

    @Test
    void idsAreDistinctVersion4() {
        assertThat(texts("event_id")).doesNotHaveDuplicates().hasSize(MANY).allSatisfy(ShopTrafficTest::isVersion4);
        assertThat(texts("session_id")).allSatisfy(ShopTrafficTest::isVersion4);
    }

    @Test
    void timesAreThoseGiven() {
        assertThat(EVENTS.get(9).get("timestamp").stringValue()).isEqualTo("2026-11-20T23:59:59.999Z");
        assertThat(EVENTS.get(10).get("timestamp").stringValue()).isEqualTo("2026-11-21T00:00:00.000Z");
        byte[] old = new ShopTraffic(1).next(Instant.ofEpochMilli(-1));
        assertThat(JSON.readTree(old).get("timestamp").stringValue()).isEqualTo("1969-12-31T23:59:59.999Z");
    }

    @Test
    void allSixTypesComeAndAboutOneEventInThirtyIsAnOrder() {
        Map<String, Long> byType = counts("event_type");
        assertThat(byType.keySet())
                .containsExactlyInAnyOrder("page_view", "product_view", "search", "add_to_cart", "checkout", "order");
        assertThat(byType.getOrDefault("order", 0L) / (double) MANY).isBetween(0.02, 0.05);
        assertThat(byType.get("checkout")).isGreaterThan(byType.get("order"));
        assertThat(byType.get("add_to_cart")).isGreaterThan(byType.get("checkout"));
    }

    @Test
    void sessionsHaveAboutEightEventsOfOneUserInTurn() {
        Map<String, List<JsonNode>> bySession = EVENTS.stream()
                .collect(Collectors.groupingBy(event -> event.get("session_id").stringValue()));
        assertThat(MANY / (double) bySession.size()).isEqualTo(8.0, within(0.8));
        assertThat(bySession.values())
                .allSatisfy(session -> assertThat(session)
                        .extracting(event -> event.get("user_id").stringValue())
                        .containsOnly(session.getFirst().get("user_id").stringValue()));
    }

    @Test
    void ordersFollowACheckoutOfTheSameProduct() {
        Map<String, JsonNode> before = new HashMap<>();
        for (JsonNode event : EVENTS) {
            JsonNode previous = before.put(event.get("session_id").stringValue(), event);
            if (event.get("event_type").stringValue().equals("order")) {
                assertThat(previous).isNotNull();
                assertThat(previous.get("event_type").stringValue()).isEqualTo("checkout");
                assertThat(previous.get("product_id")).isEqualTo(event.get("product_id"));
            }
        }
    }

    @Test
    void usersAreFiftyThousandAndEvenlyActive() {
        assertThat(texts("user_id")).allMatch(user -> user.matches("user-[0-4][0-9]{4}"));
        assertThat(counts("user_id").size()).isGreaterThan(4_000);
    }

    @Test
    void popularityOfProductsFollowsZipf() {
        long[] drawn = new long[ShopCatalogue.PRODUCTS];
        ShopCatalogue catalogue = new ShopCatalogue();
        Dice dice = new Dice(5);
        for (int draw = 0; draw < 2_000_000; draw++) {
            drawn[catalogue.draw(dice)]++;
        }
        assertThat(drawn).doesNotContain(0L);
        double first = drawn[0];
        assertThat(first / drawn[1]).isEqualTo(2.0, within(0.05));
        assertThat(first / drawn[9]).isEqualTo(10.0, within(0.3));
        assertThat(first / drawn[999]).isEqualTo(1_000.0, within(250.0));
    }

    @Test
    void ordersAloneCarryAnAmountWithTwoDecimals() {
        assertThat(EVENTS).allSatisfy(event -> {
            boolean order = event.get("event_type").stringValue().equals("order");
            assertThat(event.has("order_amount")).isEqualTo(order);
        });
        assertThat(events(7, MANY).stream().filter(event -> event.contains("order_amount")))
                .allMatch(event -> event.matches(".*\"order_amount\":[0-9]{1,3}\\.[0-9]{2},.*"));
        assertThat(EVENTS.stream().filter(event -> event.has("order_amount")))
                .allMatch(event -> event.get("order_amount").decimalValue().compareTo(BigDecimal.ONE) > 0);
    }

    @Test
    void everyEventHasSixProperties() {
        assertThat(EVENTS)
                .allSatisfy(event -> assertThat(event.get("properties").propertyNames())
                        .containsExactly("page", "referrer", "device", "country", "returning", "load_millis"));
    }

    private static List<String> texts(String field) {
        return EVENTS.stream().map(event -> event.get(field).stringValue()).toList();
    }

    private static Map<String, Long> counts(String field) {
        return texts(field).stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static List<String> events(long seed, int count) {
        ShopTraffic traffic = new ShopTraffic(seed);
        return IntStream.range(0, count)
                .mapToObj(index -> new String(traffic.next(START.plusMillis(index)), StandardCharsets.US_ASCII))
                .toList();
    }

    private static void isVersion4(String id) {
        UUID uuid = UUID.fromString(id);
        assertThat(uuid.toString()).isEqualTo(id);
        assertThat(uuid.version()).isEqualTo(4);
        assertThat(uuid.variant()).isEqualTo(2);
    }
}
