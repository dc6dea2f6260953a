package io.millrace.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Traffic of an imagined shop: six kinds of events of about {@value #EVENT_BYTES_MEAN} bytes of JSON each, by
 * {@value #USERS} users in sessions of about {@value #SESSION_EVENTS_MEAN} events, on 2,000 products some of which are
 * far more popular than others. Orders carry {@code order_amount} with two decimals; every event has six properties.
 *
 * <p>Pure: the same seed and the same times give the same bytes. Hence traffic sent twice under one seed is a replay,
 * ids included. Not for use by several threads at once.
 */
public final class ShopTraffic {
    /** Room that any event fits into, in bytes. */
    public static final int EVENT_BYTES_MAX = 480;

    /** The mean size of an event, in bytes, that the words are chosen for; a test holds it within 10. */
    public static final int EVENT_BYTES_MEAN = 375;

    public static final int USERS = 50_000;

    static final int SESSION_EVENTS_MEAN = 8;

    /**
     * Sessions under way at once. Few enough that a demo of some thousand events sees most of its sessions end, many
     * enough that events of one session do not follow one another.
     */
    static final int SESSIONS_ACTIVE = 256;

    private static final int LOAD_MILLIS_MAX = 900;
    private static final int QUANTITY_MAX = 3;
    private static final byte[] OPENING = ascii("{\"event_id\":\"");
    private static final byte[] PRODUCT = ascii(",\"product_id\":\"product-");
    private static final byte[] AMOUNT = ascii("\",\"order_amount\":");
    private static final byte[] PROPERTIES = ascii(",\"properties\":{\"page\":\"https://www.shop.example/en");
    private static final byte[] HOME = ascii("/home?list=recommended&ranking=b&position=");
    private static final byte[] SEARCH = ascii("/search?query=term-");
    private static final byte[] DETAIL = ascii("/products/product-");
    private static final byte[] CART = ascii("/cart/items/product-");
    private static final byte[] CHECKOUT = ascii("/checkout/payment");
    private static final byte[] THANKS = ascii("/checkout/thanks");
    private static final byte[] CLOSING = ascii("}}");

    private final Dice dice;
    private final ShopCatalogue catalogue = new ShopCatalogue();
    private final ShopSession[] active = new ShopSession[SESSIONS_ACTIVE];
    private final EventText text = new EventText();
    private final byte[] scratch = new byte[EVENT_BYTES_MAX];

    public ShopTraffic(long seed) {
        dice = new Dice(seed);
        for (int slot = 0; slot < SESSIONS_ACTIVE; slot++) {
            active[slot] = ShopSession.begin(dice);
        }
    }

    /** The next event, which happened at the given time, as JSON text without a line feed. */
    public byte[] next(Instant at) {
        return Arrays.copyOf(scratch, write(at.toEpochMilli(), scratch, 0));
    }

    /**
     * Writes the next event as JSON text without a line feed.
     *
     * @param epochMillis when the event happened
     * @param target needs {@value #EVENT_BYTES_MAX} bytes of room from {@code from} on
     * @return the position after the event's last byte
     */
    public int write(long epochMillis, byte[] target, int from) {
        if (target.length - from < EVENT_BYTES_MAX) {
            throw new IllegalArgumentException("needs " + EVENT_BYTES_MAX + " bytes of room");
        }
        int slot = dice.below(SESSIONS_ACTIVE);
        ShopSession session = active[slot];
        ShopStep step = session.advance(dice, catalogue);
        text.into(target, from);
        text.put(OPENING).putUuid(dice.bits(), dice.bits()).put(step.typeField());
        text.putTime(epochMillis).put(session.identity());
        if (step.concernsProduct()) {
            text.put(PRODUCT).putPadded(session.product(), 4);
            if (step == ShopStep.ORDER) {
                putAmount(session.product());
            } else {
                text.put('"');
            }
        }
        text.put(PROPERTIES);
        putPage(step, session.product());
        text.put(session.visit()).putNumber(1 + dice.below(LOAD_MILLIS_MAX)).put(CLOSING);
        // One event in eight is its session's last: lengths are geometric with that mean.
        if (dice.below(SESSION_EVENTS_MEAN) == 0) {
            active[slot] = ShopSession.begin(dice);
        }
        return text.position();
    }

    private void putAmount(int product) {
        int cents = catalogue.priceCents(product) * (1 + dice.below(QUANTITY_MAX));
        text.put(AMOUNT).putNumber(cents / 100).put('.').putPadded(cents % 100, 2);
    }

    private void putPage(ShopStep step, int product) {
        switch (step) {
            case PAGE_VIEW -> text.put(HOME).putNumber(dice.below(100));
            case SEARCH -> text.put(SEARCH).putNumber(dice.below(10_000));
            case PRODUCT_VIEW -> text.put(DETAIL).putPadded(product, 4);
            case ADD_TO_CART -> text.put(CART).putPadded(product, 4);
            case CHECKOUT -> text.put(CHECKOUT);
            case ORDER -> text.put(THANKS);
        }
    }

    private static byte[] ascii(String fragment) {
        return fragment.getBytes(StandardCharsets.US_ASCII);
    }
}
