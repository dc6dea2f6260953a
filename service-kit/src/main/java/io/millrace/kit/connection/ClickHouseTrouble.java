package io.millrace.kit.connection;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.ServerException;
import io.millrace.kit.breaker.Verdict;

/** What a failed call says of ClickHouse. */
final class ClickHouseTrouble {
    private ClickHouseTrouble() {}

    static Verdict judge(Throwable error) {
        return switch (error) {
            // An error without a code of ClickHouse's is a proxy's, behind which nobody answered.
            case ServerException e when e.getCode() > 0 -> Verdict.THERE;
            case ClickHouseException _ -> Verdict.AWAY;
            default -> Verdict.NOTHING;
        };
    }
}
