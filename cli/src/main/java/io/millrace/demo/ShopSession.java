package io.millrace.demo;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One visitor's session: what stays the same over its events, already as JSON text, and how far the visitor is. */
final class ShopSession {
    private static final String[] DEVICES = {"mobile", "desktop", "mobile", "tablet", "mobile", "desktop"};
    private static final String[] REFERRERS = {"search", "newsletter", "direct", "social", "partner", "advert"};
    private static final String[] COUNTRIES = {"DE", "US", "FR", "GB", "NL", "ES", "IT", "PL", "SE", "AT", "CH", "BR"};

    private final byte[] identity;
    private final byte[] visit;
    private ShopStep step = ShopStep.ORDER;
    private int product;

    private ShopSession(byte[] identity, byte[] visit) {
        this.identity = identity;
        this.visit = visit;
    }

    static ShopSession begin(Dice dice) {
        EventText id = new EventText();
        byte[] uuid = new byte[36];
        id.into(uuid, 0);
        id.putUuid(dice.bits(), dice.bits());
        String identity = String.format(
                Locale.ROOT,
                "\",\"user_id\":\"user-%05d\",\"session_id\":\"%s\"",
                dice.below(ShopTraffic.USERS),
                new String(uuid, StandardCharsets.US_ASCII));
        String visit = String.format(
                Locale.ROOT,
                "\",\"referrer\":\"%s\",\"device\":\"%s\",\"country\":\"%s\",\"returning\":%b,\"load_millis\":",
                any(REFERRERS, dice),
                any(DEVICES, dice),
                any(COUNTRIES, dice),
                dice.below(3) > 0);
        return new ShopSession(identity.getBytes(StandardCharsets.US_ASCII), visit.getBytes(StandardCharsets.US_ASCII));
    }

    /** A session opens like one that has just ordered: with a page or a search. */
    ShopStep advance(Dice dice, ShopCatalogue catalogue) {
        step = step.next(dice);
        if (step == ShopStep.PRODUCT_VIEW) {
            product = catalogue.draw(dice);
        }
        return step;
    }

    int product() {
        return product;
    }

    byte[] identity() {
        return identity;
    }

    byte[] visit() {
        return visit;
    }

    private static String any(String[] values, Dice dice) {
        return values[dice.below(values.length)];
    }
}
