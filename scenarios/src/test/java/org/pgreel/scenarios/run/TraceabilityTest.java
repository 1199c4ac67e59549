package org.pgreel.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
 * scenario of the catalogue. Failures that are told above a session are listed with the test that provokes them, and only as
 * long as no scenario does.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TraceabilityTest {
    private static final int THREADS = 2;

    private static final Map<String, String> ABOVE_THE_SESSION = Map.of(
            "DataError", "thrown where a value is read: RowTest",
            "TransactionRolledBack", "told by a transaction's handle: TransactionTest",
            "AcquireTimedOut", "told by a pool: SessionPoolTest",
            "PoolClosed", "told by a pool: SessionPoolTest",
            "OperationInterrupted", "told by the blocking face: BlockingSessionTest");

    @Test
    void everyReasonFaultAndStateIsObservedInAScenario() {
        CatalogueRun run =
                CatalogueRun.of(Catalogue.load().scenarios(), List.of("whole"), THREADS, CatalogueRun.Progress.NONE);

        var problems = new ArrayList<String>();
        for (Coverage.Kind kind : Coverage.Kind.values()) {
            Set<String> missing = run.coverage().missing(kind);
            Set<String> listed = kind == Coverage.Kind.OPERATION_FAILURE ? ABOVE_THE_SESSION.keySet() : Set.of();
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
