package io.millrace.localstack.clickhouse;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The main program of ClickHouse's process: loads the library and lets one endless query listen for clients.
 *
 * <p>The library has no call that means "be a server", but its query language can open the server's ports, and they
 * stay open while a query runs.
 */
@SuppressWarnings("restricted") // calling a native library is what this class is for
final class ClickHouseHost {
    // At most 3 s of sleep are allowed per block, and one row is one block: a million million rows are 95,000 years.
    private static final String LISTEN_FOR_EVER = """
            SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; \
            SELECT sleep(3) FROM numbers(1000000000000) \
            SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 3000000 FORMAT Null""";

    private static final int ERROR_BYTES_MAX = 1 << 16;

    private ClickHouseHost() {}

    /**
     * Runs until the process is ended.
     *
     * @param arguments the library's file and the configuration's
     */
    public static void main(String[] arguments) throws Throwable {
        try (Arena arena = Arena.ofShared()) {
            SymbolLookup library = SymbolLookup.libraryLookup(Path.of(arguments[0]), arena);
            String[] command = {
                "clickhouse", "--config-file=" + arguments[1], "--log-level=information", "--query", LISTEN_FOR_EVER
            };
            leaveSignalsToJava(library);
            String error = run(library, arena, command);
            System.err.println("The hosting query ended: " + error);
            System.exit(1);
        }
    }

    private static void leaveSignalsToJava(SymbolLookup library) throws Throwable {
        MethodHandle setSignalHandlers = Linker.nativeLinker()
                .downcallHandle(
                        library.findOrThrow("chdb_set_signal_handlers_enabled"),
                        FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
        setSignalHandlers.invokeExact(0);
    }

    private static String run(SymbolLookup library, Arena arena, String[] command) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle query = linker.downcallHandle(
                library.findOrThrow("chdb_query_cmdline"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        MethodHandle errorOf = linker.downcallHandle(
                library.findOrThrow("chdb_result_error"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        MemorySegment words = arena.allocate(ValueLayout.ADDRESS, command.length + 1L);
        for (int word = 0; word < command.length; word++) {
            words.setAtIndex(ValueLayout.ADDRESS, word, arena.allocateFrom(command[word]));
        }
        words.setAtIndex(ValueLayout.ADDRESS, command.length, MemorySegment.NULL);
        MemorySegment result = (MemorySegment) query.invokeExact(command.length, words);
        MemorySegment error = (MemorySegment) errorOf.invokeExact(result);
        return error.equals(MemorySegment.NULL)
                ? "without an error"
                : error.reinterpret(ERROR_BYTES_MAX).getString(0);
    }
}
