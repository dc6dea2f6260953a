package io.millrace.retention.run;

import com.clickhouse.client.api.ClickHouseException;
import io.r2dbc.spi.R2dbcException;
import java.io.Serial;
import org.springframework.dao.DataAccessException;

/** What was found does not fit together; the run stops before it drops anything on that ground. */
final class RunFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int CHARACTERS_MAX = 1_000;

    RunFailure(String why) {
        super(why);
    }

    /** Whether it is trouble outside, and not a mistake of ours. */
    static boolean isExpected(RuntimeException failure) {
        return failure instanceof RunFailure
                || failure instanceof ClickHouseException
                || failure instanceof DataAccessException
                || failure instanceof R2dbcException;
    }

    /** {@return why a run failed, for people who may see the installation's insides} */
    static String describe(RuntimeException failure) {
        String server = switch (failure) {
            case ClickHouseException _ -> "ClickHouse: ";
            case DataAccessException _ -> "PostgreSQL: ";
            case R2dbcException _ -> "PostgreSQL: ";
            default -> "";
        };
        // The clients' own messages say that a request failed; why is in what they wrap.
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = server + (root.getMessage() == null ? root.toString() : root.getMessage());
        return text.substring(0, Math.min(text.length(), CHARACTERS_MAX)).strip();
    }
}
