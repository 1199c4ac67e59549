package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.FAILED;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.IN_BLOCK;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * What an ErrorResponse proves about its operation: where it stands relative to CommandComplete, how severe it is, and
 * what the transaction's status is behind it.
 *
 * <p>In the simple protocol the server commits before it sends the CommandComplete of the last statement; in the extended
 * protocol it commits behind it, at Sync.
 */
class ErrorBehindCompletionTest {

    private static final String IN_DOUBT = " may-have-executed may-have-committed";
    private static final String INSERT = "insert into t values (1)";
    private static final BackendMessage ERROR = error("ERROR", "23503");

    private static String outcomeOf(String sql, BackendMessage... answer) {
        return SessionRig.plain().ready().query(sql).receive(answer).heard.get(0);
    }

    private static SessionRig extended() {
        SessionRig rig = SessionRig.plain().ready();
        return rig.watch(INSERT, rig.session.query(INSERT, List.of()))
                .receive(new ParseComplete(), new BindComplete(), new NoData());
    }

    @Test
    void aSimpleQueryIsCommittedBeforeItsCompletionIsSent() {
        assertThat(outcomeOf(INSERT, done("INSERT 0 1"), ERROR, IDLE)).isEqualTo(INSERT + ": ServerError" + IN_DOUBT);
        assertThat(outcomeOf(INSERT, ERROR, IDLE)).isEqualTo(INSERT + ": ServerError");
        assertThat(outcomeOf("select n", columns("n"), row("1"), ERROR, IDLE)).isEqualTo("select n: ServerError");
    }

    @Test
    void statementsOfOneTextAreRolledBackTogetherUntilTheLastIsComplete() {
        String both = INSERT + "; select 1/0;";
        assertThat(outcomeOf(both, done("INSERT 0 1"), ERROR, IDLE)).isEqualTo(both + ": ServerError");
        assertThat(outcomeOf(both, done("INSERT 0 1"), columns("n"), row("1"), ERROR, IDLE))
                .isEqualTo(both + ": ServerError");
        assertThat(outcomeOf(both, done("INSERT 0 1"), columns("n"), row("1"), done("SELECT 1"), ERROR, IDLE))
                .isEqualTo(both + ": ServerError" + IN_DOUBT);
    }

    @Test
    void aParameterizedQueryIsCommittedBehindItsCompletion() {
        SessionRig deferredConstraint = extended().receive(done("INSERT 0 1"), ERROR, IDLE);
        SessionRig withoutReady = extended().receive(done("INSERT 0 1"), ERROR);
        withoutReady.core.endOfStream();

        assertThat(deferredConstraint.heard.get(0)).isEqualTo(INSERT + ": ServerError");
        assertThat(withoutReady.heard.get(0)).isEqualTo(INSERT + ": ServerError");
    }

    @ParameterizedTest
    @CsvSource({"FAILED, ''", "IN_BLOCK, ' may-have-executed'"})
    void inABlockTheStatusTellsWhetherTheErrorAbortedIt(TransactionStatus afterwards, String effect) {
        SessionRig rig = SessionRig.plain().ready().query("begin", INSERT);
        rig.receive(done("BEGIN"), IN_BLOCK);
        rig.receive(done("INSERT 0 1"), ERROR, afterwards == TransactionStatus.FAILED ? FAILED : IN_BLOCK);

        assertThat(rig.heard).contains(INSERT + ": ServerError" + effect);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FATAL", "PANIC"})
    void aSessionThatTheServerEndsBehindTheCompletionMayHaveCommitted(String severity) {
        SessionRig simple = SessionRig.plain().ready().query(INSERT);
        simple.receive(done("INSERT 0 1"), error(severity, "57P01"));
        simple.core.endOfStream();
        SessionRig parameterized = extended().receive(done("INSERT 0 1"), error(severity, "57P01"));
        parameterized.core.endOfStream();
        SessionRig block = SessionRig.plain().ready().query("begin", INSERT);
        block.receive(done("BEGIN"), IN_BLOCK).receive(done("INSERT 0 1"), error(severity, "57P01"));
        block.core.endOfStream();

        assertThat(simple.heard.get(0)).isEqualTo(INSERT + ": ServerError" + IN_DOUBT);
        assertThat(parameterized.heard.get(0)).isEqualTo(INSERT + ": ServerError" + IN_DOUBT);
        assertThat(block.heard).contains(INSERT + ": ServerError may-have-executed");
    }

    @ParameterizedTest
    @CsvSource({
        // The server ended the session in the middle of the statement, whose transaction it rolls back.
        "FATAL, 57P01, ''",
        // A pooler lost the server: it does not know what became of the statement.
        "FATAL, 08P01, ' may-have-executed may-have-committed'",
        "FATAL, 08006, ' may-have-executed may-have-committed'",
        // The commit may be in the log before the server breaks down.
        "PANIC, XX000, ' may-have-executed may-have-committed'",
        "ERROR, 08P01, ''",
        "ERROR, 08006, ''",
    })
    void beforeTheCompletionAnErrorIsARollbackUnlessItsSenderCannotKnow(
            String severity, String sqlState, String effect) {
        SessionRig simple = SessionRig.plain().ready().query(INSERT);
        simple.receive(error(severity, sqlState));
        simple.core.reset(new IOException("Connection reset"));
        SessionRig parameterized = extended().receive(error(severity, sqlState));
        parameterized.core.endOfStream();

        assertThat(simple.heard.get(0)).isEqualTo(INSERT + ": ServerError" + effect);
        assertThat(parameterized.heard.get(0)).isEqualTo(INSERT + ": ServerError" + effect);
    }

    @Test
    void copyInIsASimpleQuery() {
        SessionRig failing = SessionRig.plain().ready();
        failing.watch("copy", failing.session.copyIn("copy t from stdin", new byte[] {'1', '\n'}));
        failing.receive(new CopyInResponse(0, List.of(0)), ERROR, IDLE);
        SessionRig behind = SessionRig.plain().ready();
        behind.watch("copy", behind.session.copyIn("copy t from stdin", new byte[] {'1', '\n'}));
        behind.receive(new CopyInResponse(0, List.of(0)));
        behind.receive(done("COPY 1"), ERROR, IDLE);

        assertThat(failing.heard.get(0)).isEqualTo("copy: ServerError");
        assertThat(behind.heard.get(0)).isEqualTo("copy: ServerError" + IN_DOUBT);
    }

    /** It came in the segment that asked for the data, so the server cannot have read any. */
    @Test
    void aCopyThatIsCompleteBeforeItsDataWasSentIsAViolation() {
        SessionRig rig = SessionRig.plain().ready();
        rig.watch("copy", rig.session.copyIn("copy t from stdin", new byte[] {'1', '\n'}));
        rig.receive(new CopyInResponse(0, List.of(0)), done("COPY 0"), IDLE);

        assertThat(rig.heard.get(0)).startsWith("copy: ProtocolViolation");
    }
}
