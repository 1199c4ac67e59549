package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.client.NamedQuery;
import org.pgreel.client.Parameter;
import org.pgreel.client.QueryResult;
import org.pgreel.client.StatementDescription;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CloseComplete;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParameterDescription;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;

/** Statements that the application prepares, executes and closes. */
class PreparedStatementTest {

    private static final String IN_DOUBT = " may-have-executed may-have-committed";
    private static final List<String> EXECUTION = List.of("Bind", "Describe", "Execute", "Sync");

    private final SessionRig rig = SessionRig.plain().ready();

    @Test
    void aStatementIsPreparedAtReadyForQueryAndNotBefore() {
        CompletableFuture<StatementDescription> prepared =
                rig.session.prepare("one", "select $1", List.of(Messages.TEXT));

        assertThat(rig.effects.sentNames()).containsExactly("Parse", "Describe", "Sync");
        assertThat(rig.effects.sent.get(0)).isEqualTo(new Parse("one", "select $1", List.of(Messages.TEXT)));
        rig.receive(new ParseComplete(), new ParameterDescription(List.of(Messages.TEXT)), columns("n"));
        assertThat(prepared).isNotDone();
        rig.receive(IDLE);

        assertThat(prepared.join()).isEqualTo(new StatementDescription("one", List.of(Messages.TEXT), columns("n")));
    }

    @Test
    void aStatementWithoutRowsHasNoColumns() {
        CompletableFuture<StatementDescription> prepared = rig.session.prepare("one", "insert into t values (1)");

        rig.receive(new ParseComplete(), new ParameterDescription(List.of()), new NoData(), IDLE);

        assertThat(prepared.join().columns()).isNull();
    }

    @Test
    void aStatementThatCannotBePreparedLeavesNothingBehind() {
        rig.watch("one", rig.session.prepare("one", "commit prepared 'x'"));

        rig.receive(error("ERROR", "42601"), IDLE);

        assertThat(rig.heard).containsExactly("one: ServerError", "pgTransactionStatus I");
    }

    @Test
    void anErrorBehindTheDescriptionFailsIt() {
        rig.watch("one", rig.session.prepare("one", "select 1"));

        rig.receive(
                new ParseComplete(), new ParameterDescription(List.of()), columns("n"), error("ERROR", "57014"), IDLE);

        assertThat(rig.heard).containsExactly("one: ServerError", "pgTransactionStatus I");
    }

    static Stream<List<BackendMessage>> wrongAnswersToPrepare() {
        ParameterDescription parameters = new ParameterDescription(List.of());
        return Stream.of(
                List.of(IDLE),
                List.of(new BindComplete()),
                List.of(new CloseComplete()),
                List.of(new ParseComplete(), IDLE),
                List.of(new ParseComplete(), columns("n")),
                List.of(new ParseComplete(), new NoData()),
                List.of(new ParseComplete(), parameters, IDLE),
                List.of(new ParseComplete(), parameters, parameters),
                List.of(new ParseComplete(), parameters, columns("n"), row("1")),
                List.of(new ParseComplete(), parameters, columns("n"), done("SELECT 0")),
                List.of(new ParseComplete(), parameters, columns("n"), columns("n")),
                List.of(new ParseComplete(), new ParseComplete()));
    }

    @ParameterizedTest
    @MethodSource("wrongAnswersToPrepare")
    void aWrongAnswerToPrepareIsAViolation(List<BackendMessage> answer) {
        rig.watch("one", rig.session.prepare("one", "select 1"));

        rig.receive(answer.toArray(BackendMessage[]::new));

        assertThat(rig.heard)
                .containsExactly("one: ProtocolViolation" + IN_DOUBT, "pgSessionShutdown ProtocolViolation");
    }

    @Test
    void anExecutionBindsTheNameAndDescribesItsPortal() {
        CompletableFuture<QueryResult> result = rig.session.execute(NamedQuery.of("one", List.of(Parameter.text("7"))));

        assertThat(rig.effects.sentNames()).containsExactlyElementsOf(EXECUTION);
        assertThat(((Bind) rig.effects.sent.get(0)).statement()).isEqualTo("one");
        rig.receive(new BindComplete(), columns("n"), row("7"), done("SELECT 1"), IDLE);
        assertThat(result.join().onlyRow().text(0)).isEqualTo("7");
    }

    static Stream<List<BackendMessage>> wrongAnswersToExecute() {
        return Stream.of(
                List.of(IDLE),
                List.of(new ParseComplete()),
                List.of(columns("n")),
                List.of(new BindComplete(), row("1")),
                List.of(new BindComplete(), done("SELECT 0")),
                List.of(new BindComplete(), new NoData(), row("1")),
                List.of(new BindComplete(), columns("n"), row("1", "2")),
                List.of(new BindComplete(), columns("n"), new PortalSuspended()),
                List.of(new BindComplete(), columns("n"), IDLE),
                List.of(new BindComplete(), columns("n"), row("1"), IDLE));
    }

    @ParameterizedTest
    @MethodSource("wrongAnswersToExecute")
    void aWrongAnswerToAnExecutionIsAViolation(List<BackendMessage> answer) {
        rig.watch("one", rig.session.execute("one", List.of()));

        rig.receive(answer.toArray(BackendMessage[]::new));

        assertThat(rig.heard)
                .containsExactly("one: ProtocolViolation" + IN_DOUBT, "pgSessionShutdown ProtocolViolation");
    }

    @Test
    void anExecutionIsNotPreparedAnewByItself() {
        rig.watch("one", rig.session.execute("one", List.of()));

        rig.receive(error("ERROR", "26000"), IDLE);

        assertThat(rig.heard).containsExactly("one: ServerError" + IN_DOUBT, "pgTransactionStatus I");
        assertThat(rig.effects.sentNames()).containsExactlyElementsOf(EXECUTION);
    }

    /** Of a statement that SQL's PREPARE made nobody knows what it does; of one that was prepared here, it is known. */
    @Test
    void whatAnExecutionMayHaveDoneDependsOnTheStatement() {
        rig.watch("prepared", rig.session.prepare("one", "insert into t values (1)"));
        rig.receive(new ParseComplete(), new ParameterDescription(List.of()), new NoData(), IDLE);
        rig.watch("one", rig.session.execute("one", List.of()));
        rig.receive(error("ERROR", "23505"), IDLE);
        rig.watch("closed", rig.session.closeStatement("one"));
        rig.receive(new CloseComplete(), IDLE);
        rig.watch("another", rig.session.execute("one", List.of()));
        rig.receive(error("ERROR", "23505"), IDLE);

        assertThat(rig.heard)
                .containsSubsequence(
                        "prepared succeeded",
                        "one: ServerError",
                        "closed succeeded",
                        "another: ServerError" + IN_DOUBT);
    }

    @Test
    void aStatementIsClosedAtReadyForQuery() {
        CompletableFuture<Void> closed = rig.session.closeStatement("one");

        assertThat(rig.effects.sentNames()).containsExactly("Close", "Sync");
        rig.receive(new CloseComplete());
        assertThat(closed).isNotDone();
        rig.receive(IDLE);
        assertThat(closed).isCompletedWithValue(null);
    }

    static Stream<List<BackendMessage>> wrongAnswersToClose() {
        return Stream.of(
                List.of(IDLE),
                List.of(new ParseComplete()),
                List.of(done("CLOSE")),
                List.of(new CloseComplete(), new CloseComplete()));
    }

    @ParameterizedTest
    @MethodSource("wrongAnswersToClose")
    void aWrongAnswerToCloseIsAViolation(List<BackendMessage> answer) {
        rig.watch("one", rig.session.closeStatement("one"));

        rig.receive(answer.toArray(BackendMessage[]::new));

        assertThat(rig.heard).endsWith("pgSessionShutdown ProtocolViolation");
    }

    @Test
    void dataIsNotTakenWhereNothingIsExecuted() {
        rig.watch("one", rig.session.prepare("one", "select 1"));

        rig.receive(new CopyInResponse(0, List.of(0)));

        assertThat(rig.heard).endsWith("pgSessionShutdown ProtocolViolation");
    }

    @Test
    void preparingExecutingAndClosingDoNotWaitForEachOther() {
        rig.watch("prepared", rig.session.prepare("one", "select 1"));
        rig.watch("executed", rig.session.execute("one", List.of()));
        rig.watch("closed", rig.session.closeStatement("one"));

        assertThat(rig.effects.sentNames()).hasSize(9);
        rig.receive(
                new ParseComplete(),
                new ParameterDescription(List.of()),
                columns("n"),
                IDLE,
                new BindComplete(),
                columns("n"),
                row("1"),
                done("SELECT 1"),
                IDLE,
                new CloseComplete(),
                IDLE);
        assertThat(rig.heard).containsSubsequence("prepared succeeded", "executed succeeded", "closed succeeded");
    }

    @Test
    void whatCannotBeSentIsRefusedAtOnce() {
        assertThatThrownBy(() -> rig.session.prepare("", "select 1")).hasMessageContaining("name is empty");
        assertThatThrownBy(() -> rig.session.prepare("a\0b", "select 1")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> rig.session.prepare("a", "select \0")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> rig.session.prepare("a", "/* */ copy t from stdin"))
                .hasMessageContaining("COPY takes no parameters");
        assertThatThrownBy(() -> rig.session.execute("", List.of())).hasMessageContaining("name is empty");
        assertThatThrownBy(() -> rig.session.closeStatement("a\0")).hasMessageContaining("NUL");
        assertThat(rig.effects.sent).isEmpty();
    }
}
