package io.millrace.demo;

import java.util.Locale;

/**
 * What a visitor does, and what a visitor who did it does next: the odds make a funnel from looking to ordering whose
 * steps lie within one session and concern one product.
 */
enum ShopStep {
    PAGE_VIEW,
    PRODUCT_VIEW,
    SEARCH,
    ADD_TO_CART,
    CHECKOUT,
    ORDER;

    private final String typeField;

    ShopStep() {
        typeField = "\",\"event_type\":\"" + name().toLowerCase(Locale.ROOT) + "\",\"timestamp\":\"";
    }

    /** The end of the id's field, this step's type, and the beginning of the time's field. */
    String typeField() {
        return typeField;
    }

    boolean concernsProduct() {
        return this != PAGE_VIEW && this != SEARCH;
    }

    ShopStep next(Dice dice) {
        int percent = dice.below(100);
        return switch (this) {
            case PAGE_VIEW -> percent < 30 ? PAGE_VIEW : percent < 75 ? PRODUCT_VIEW : SEARCH;
            case PRODUCT_VIEW -> percent < 30 ? ADD_TO_CART : percent < 62 ? PRODUCT_VIEW : lookAround(percent);
            case SEARCH -> percent < 10 ? PAGE_VIEW : percent < 80 ? PRODUCT_VIEW : SEARCH;
            case ADD_TO_CART -> percent < 50 ? CHECKOUT : percent < 55 ? ADD_TO_CART : lookAround(percent);
            case CHECKOUT -> percent < 80 ? ORDER : percent < 90 ? ADD_TO_CART : PAGE_VIEW;
            case ORDER -> percent < 70 ? PAGE_VIEW : SEARCH;
        };
    }

    private static ShopStep lookAround(int percent) {
        return percent % 5 < 3 ? PAGE_VIEW : SEARCH;
    }
}
