package io.millrace.ingestion.quota;

import java.util.Arrays;

/** How a quota is shared among the instances that are asked for it. */
final class Shares {
    private Shares() {}

    /**
     * The share of one of them. Whoever is asked for less than an equal part gets that; the others share the rest equally.
     * If there is more than all are asked for, each gets an equal part of what is left beside. All shares together are the
     * quota, if each instance knows the same.
     *
     * @param quota a second
     * @param mine how much this instance is asked for a second
     * @param others how much each other one is
     */
    static double of(double quota, double mine, double[] others) {
        double[] asked = Arrays.copyOf(others, others.length + 1);
        asked[others.length] = mine;
        Arrays.sort(asked);
        double left = quota;
        for (int i = 0; i < asked.length; i++) {
            double equal = left / (asked.length - i);
            if (asked[i] > equal) {
                return Math.min(mine, equal);
            }
            left -= asked[i];
        }
        return mine + left / asked.length;
    }
}
