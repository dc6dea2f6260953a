package io.millrace.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What ClickHouse spent its processor time on, by its own logs of queries and parts. */
final class ServerAccount {
    private static final String SECONDS =
            "sum(ProfileEvents['UserTimeMicroseconds'] + ProfileEvents['SystemTimeMicroseconds']) / 1e6";

    private final EventStore store;

    ServerAccount(EventStore store) {
        this.store = store;
    }

    /** Processor seconds since the server's start, by what for. */
    Map<String, Double> seconds() throws IOException, InterruptedException {
        store.ask("SYSTEM FLUSH LOGS query_log, part_log");
        Map<String, Double> account = new LinkedHashMap<>();
        account.put(
                "inserts of events, with both views", queries("query_kind = 'Insert' AND query LIKE '%events_in%'"));
        account.put("inserts of ledger rows", queries("query_kind = 'Insert' AND query LIKE '%ledger%'"));
        account.put("questions", queries("query_kind NOT IN ('Insert', 'Create')"));
        account.put("merges of events", merges("table = 'events'"));
        account.put("merges of the views", merges("table IN ('events_per_minute', 'events_per_hour')"));
        return account;
    }

    private double queries(String which) throws IOException, InterruptedException {
        return number("SELECT " + SECONDS + " FROM system.query_log WHERE type != 'QueryStart' AND " + which);
    }

    private double merges(String which) throws IOException, InterruptedException {
        return number("SELECT " + SECONDS + " FROM system.part_log WHERE event_type = 'MergeParts' AND " + which);
    }

    private double number(String question) throws IOException, InterruptedException {
        return Double.parseDouble(store.ask(question));
    }
}
