package org.pgreel.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.scenarios.catalogue.Catalogue;

/**
 * Everything that our client can tell of a failure, every fault and every state of a conversation is made to happen by a
 * scenario of the catalogue. What none makes happen yet is listed here with its cause, and only as long as it holds.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TraceabilityTest {
    private static final int THREADS = 2;

    private static final Map<Coverage.Kind, Map<String, String>> NOT_YET = new EnumMap<>(Map.of(
            Coverage.Kind.OPERATION_FAILURE,
            Map.of(
                    "DataError", "thrown where a value is read, above the session: RowTest",
                    "TransactionRolledBack", "told by a transaction's handle, above the session: TransactionTest",
                    "AcquireTimedOut", "told by a pool, above the session: SessionPoolTest",
                    "OperationInterrupted", "told by the blocking face, above the session: BlockingSessionTest",
                    "PoolClosed", "told by a pool, above the session: SessionPoolTest"),
            Coverage.Kind.CONVERSATION,
            Map.of()));

    @Test
    void everyReasonFaultAndStateIsObservedInAScenario() {
        CatalogueRun run =
                CatalogueRun.of(Catalogue.load().scenarios(), List.of("whole"), THREADS, CatalogueRun.Progress.NONE);

        var problems = new ArrayList<String>();
        for (Coverage.Kind kind : Coverage.Kind.values()) {
            Set<String> missing = run.coverage().missing(kind);
            Set<String> listed = NOT_YET.getOrDefault(kind, Map.of()).keySet();
            var unobserved = new TreeSet<>(missing);
            unobserved.removeAll(listed);
            unobserved.forEach(name -> problems.add("no scenario observes " + kind + " " + name));
            var found = new TreeSet<>(listed);
            found.removeAll(missing);
            found.forEach(name -> problems.add(kind + " " + name + " is listed as not observed, but is observed by "
                    + run.coverage().scenarios(kind, name)));
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void whatIsKnownIsReallyEverything() {
        assertThat(Coverage.known(Coverage.Kind.CONNECTION_FAILURE))
                .contains("TooManyConnections", "ConnectionFailedDns");
        assertThat(Coverage.known(Coverage.Kind.SHUTDOWN)).contains("SessionClosed", "ConnectionFailed");
        assertThat(Coverage.known(Coverage.Kind.OPERATION_FAILURE)).contains("ServerError", "ConnectionLost");
        assertThat(Coverage.known(Coverage.Kind.FAULT_EFFECT)).contains("Truncate", "Eof");
        assertThat(Coverage.known(Coverage.Kind.CONVERSATION)).contains("CopyBoth", "Violated", "SimpleRows");
    }
}
