package io.millrace.log;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Small numbers for tenants, each held as often as an event of it is remembered, and given to another tenant when it is
 * held no more: tenants come from outside, and there may be any number of them.
 */
final class TenantNumbers {
    private static final int NONE = 0;

    /** A map's entry, a name, and their share of the arrays, roughly. */
    private static final int TENANT_BYTES = 200;

    private static final int TENANTS_MIN = 4;

    private final Map<Tenant, Integer> numbers = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private @Nullable Tenant[] tenants = new Tenant[TENANTS_MIN];
    private int[] holds = new int[TENANTS_MIN];
    private int highest;
    private @Nullable Tenant lastTenant;
    private int lastNumber;

    private int find(Tenant tenant) {
        // Events of one tenant come in crowds.
        if (tenant.equals(lastTenant)) {
            return lastNumber;
        }
        Integer number = numbers.get(tenant);
        if (number == null) {
            return NONE;
        }
        lastTenant = tenant;
        lastNumber = number;
        return number;
    }

    /** The tenant's number, held once more. */
    int hold(Tenant tenant) {
        int number = find(tenant);
        if (number == NONE) {
            number = free.isEmpty() ? ++highest : free.pop();
            if (number == holds.length) {
                holds = Arrays.copyOf(holds, 2 * number);
                tenants = Arrays.copyOf(tenants, 2 * number);
            }
            tenants[number] = tenant;
            numbers.put(tenant, number);
        }
        holds[number]++;
        return number;
    }

    void release(int number) {
        if (--holds[number] == 0) {
            numbers.remove(tenants[number]);
            tenants[number] = null;
            free.push(number);
            lastTenant = null;
        }
    }

    void clear() {
        numbers.clear();
        free.clear();
        tenants = new Tenant[TENANTS_MIN];
        holds = new int[TENANTS_MIN];
        highest = 0;
        lastTenant = null;
    }

    long bytes() {
        return (long) highest * TENANT_BYTES;
    }
}
