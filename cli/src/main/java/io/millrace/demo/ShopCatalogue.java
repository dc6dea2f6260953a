package io.millrace.demo;

/**
 * The shop's products: how often each is looked at, and what it costs. Both are the same for every seed.
 *
 * <p>Interest follows Zipf's law with exponent 1. It is drawn from a table of 65,536 slots instead of by search; the
 * rarest product has four of them.
 */
final class ShopCatalogue {
    static final int PRODUCTS = 2_000;
    private static final int SLOTS = 1 << 16;
    private static final int CHEAPEST_CENTS = 199;
    private static final int PRICE_SPREAD_CENTS = 14_800;

    private final short[] productBySlot = new short[SLOTS];
    private final int[] priceCents = new int[PRODUCTS];

    ShopCatalogue() {
        double total = 0;
        for (int product = 0; product < PRODUCTS; product++) {
            total += weight(product);
            priceCents[product] = price(product);
        }
        double reached = 0;
        int slot = 0;
        for (int product = 0; product < PRODUCTS; product++) {
            reached += weight(product);
            int end = (int) Math.round(reached / total * SLOTS);
            while (slot < end) {
                productBySlot[slot++] = (short) product;
            }
        }
    }

    int draw(Dice dice) {
        return productBySlot[dice.below(SLOTS)];
    }

    int priceCents(int product) {
        return priceCents[product];
    }

    private static double weight(int product) {
        return 1.0 / (product + 1);
    }

    /** Squared, so that cheap products are common and dear ones are there. */
    private static int price(int product) {
        double unit = (Dice.mix(product + 1L) >>> 11) * 0x1.0p-53;
        return CHEAPEST_CENTS + (int) (unit * unit * PRICE_SPREAD_CENTS);
    }
}
