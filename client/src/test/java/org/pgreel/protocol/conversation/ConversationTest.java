package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.protocol.conversation.ScriptedSession.LOGIN;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Direction;

/** What can be asked of a conversation. */
@Timeout(60)
final class ConversationTest {
    private static final int MANY = 10_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                           | 0 | 0
            > Query Sync FunctionCall                    | 3 | 3
            > Parse Bind Execute Sync                    | 1 | 1
            # discarded if the Parse fails
            > Parse Query Sync                           | 1 | 2
            > Parse Query FunctionCall Sync Query        | 2 | 4
            > Parse Query Sync < ParseComplete           | 2 | 2
            > Parse Query Sync < ErrorResponse           | 1 | 1
            > Parse < ErrorResponse                      | 0 | 0
            # swallowed or answered
            > Execute Sync < CopyInResponse              | 0 | 1
            > Execute Sync CopyData Sync CopyDone Sync < CopyInResponse | 1 | 3
            > Execute Sync CopyData Sync CopyDone Sync < CopyInResponse CommandComplete | 1 | 1
            > Execute Sync CopyData Sync CopyDone Sync < CopyInResponse ErrorResponse | 1 | 3
            > Execute Sync CopyData Sync CopyDone Sync < CopyInResponse ErrorResponse ReadyForQuery | 0 | 2
            > Execute Sync < CopyInResponse ErrorResponse | 0 | 1
            > Execute Sync < CopyInResponse ErrorResponse > Sync | 1 | 2
            > Query Sync < CopyInResponse                | 1 | 2
            > Query Sync < CopyInResponse ErrorResponse  | 1 | 2
            > Query Sync < CopyInResponse ErrorResponse ReadyForQuery | 0 | 1
            > Query Sync < CopyInResponse ErrorResponse ReadyForQuery > Query < CommandComplete | 1 | 1
            > Query < ErrorResponse(FATAL)               | 0 | 0
            """)
    void readyForQueryIsOwedInARange(String script, int least, int most) {
        assertThat(folded(LOGIN + script).readyOwed()).isEqualTo(new ReadyOwed(least, most));
    }

    /** The StartupMessage is the first message of the frontend, so the one behind it is the second. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                             | NoticeResponse       | 0
            > Query Query                  | RowDescription       | 2
            > Query Query                  | ParameterStatus      | 0
            > Query Query                  | ErrorResponse        | 2
            > Query Query < CommandComplete | ReadyForQuery(I)    | 2
            > Query Query < CommandComplete ReadyForQuery | RowDescription | 3
            > Parse Bind Execute Sync      | ParseComplete        | 2
            > Parse Bind Execute Sync < ParseComplete BindComplete | DataRow | 4
            > Parse Bind Execute Sync < ParseComplete | ErrorResponse | 3
            > Parse Bind Execute Sync < ParseComplete ErrorResponse | ReadyForQuery(I) | 5
            > Parse Bind Execute Flush Sync < ErrorResponse | ReadyForQuery(I) | 6
            > Query CopyData CopyDone Query | CopyInResponse      | 2
            > Query CopyData CopyDone Query < CopyInResponse | CommandComplete | 4
            > Query CopyData CopyDone Query < CopyInResponse | ErrorResponse | 4
            > Query CopyData CopyFail < CopyInResponse | ErrorResponse | 4
            > Query CopyData CopyData < CopyInResponse | ErrorResponse | 4
            > Query < CopyInResponse       | ErrorResponse        | 2
            > Execute Sync CopyDone Sync < CopyInResponse ErrorResponse | ReadyForQuery(I) | 5
            > Query < CopyBothResponse > CopyData | CopyData      | 2
            > Query < CopyBothResponse > CopyData CopyDone | CopyDone | 4
            > Query < CopyBothResponse > CopyDone < CopyDone | CommandComplete | 3
            > Parse Flush < ParseComplete > Flush | ErrorResponse | 4
            # what is not legal waits for all that was sent
            > Query Query                  | ParseComplete        | 3
            """)
    void aMessageAnswersTheFrontendMessagesThatItNeeds(String script, String message, long answers) {
        BackendMessage sample = Objects.requireNonNull(Samples.BACKEND.get(message));

        assertThat(folded(LOGIN + script).answers(sample)).isEqualTo(answers);
    }

    @Test
    void duringALoginEachMessageAnswersTheLastOfTheFrontend() {
        Conversation asked = folded("> SSLRequest < SSLResponse(N) > StartupMessage");

        assertThat(asked.answers(backend("AuthenticationSASL"))).isEqualTo(2);
        assertThat(folded("> StartupMessage < AuthenticationOk").answers(backend("BackendKeyData")))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            > Query < RowDescription                       | DataRow
            > Execute < DataRow                            | DataRow
            > Query < CopyOutResponse                      | CopyData
            > Query < CopyBothResponse                     | CopyData
            > Query < RowDescription                       | NoticeResponse
            ''                                             | NotificationResponse
            ''                                             | ParameterStatus
            """)
    void rowsAndTheLikeReturnTheSameValue(String script, String message) {
        Conversation at = folded(LOGIN + script);

        assertThat(at.after(backend(message))).isSameAs(at);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                     | OPENING
            > SSLRequest                           | NEGOTIATING_ENCRYPTION
            > CancelRequest                        | CANCELLING
            > StartupMessage < AuthenticationSASL  | AUTHENTICATING
            > StartupMessage < AuthenticationOk    | STARTING_UP
            login                                  | IDLE
            login > Query                          | SIMPLE_QUERY
            login > Parse                          | EXTENDED_QUERY
            login > FunctionCall                   | FUNCTION_CALL
            login > Execute < CopyInResponse       | COPY_IN
            login > Execute < CopyOutResponse      | COPY_OUT
            login > Query < CopyBothResponse       | COPY_BOTH
            login > Parse < ErrorResponse          | SKIPPING
            login > Sync                           | AWAITING_READY
            login > Query < ErrorResponse          | AWAITING_READY
            login < ErrorResponse(FATAL)           | ENDED
            """)
    void thePhaseTellsWhatItIsAbout(String script, Phase phase) {
        assertThat(folded(script.replace("login", LOGIN)).phase()).isEqualTo(phase);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                     | true
            > StartupMessage                       | false
            > CancelRequest                        | true
            login                                  | false
            login > Query Terminate                | false
            login > Query Terminate < CommandComplete ReadyForQuery | true
            login > Terminate                      | true
            login > Query < ErrorResponse(FATAL)   | true
            """)
    void theBackendMayCloseOnlyWhenItHasSaidAll(String script, boolean mayEnd) {
        assertThat(folded(script.replace("login", LOGIN)).mayEnd()).isEqualTo(mayEnd);
    }

    @Test
    void theTransactionStatusIsThatOfTheLastReadyForQuery() {
        assertThat(folded("> StartupMessage").transactionStatus()).isNull();
        assertThat(folded(LOGIN + "> Query < CommandComplete ReadyForQuery(T) > Query < ErrorResponse")
                        .transactionStatus())
                .isEqualTo(TransactionStatus.IN_BLOCK);
    }

    @Test
    void aConversationInsideDirectTlsCannotNegotiateEncryption() {
        Conversation inside = Conversation.beginInsideTls();

        assertThat(inside.after(frontend("SSLRequest")).isViolated()).isTrue();
        assertThat(inside.after(frontend("StartupMessage")).isViolated()).isFalse();
    }

    @Test
    void oversizedMessagesAreJudgedByTheirType() {
        Conversation idle = folded(LOGIN);

        Conversation queried = idle.afterOversized(Direction.FRONTEND, (byte) 'Q');
        assertThat(queried).isEqualTo(idle.after(frontend("Query")));
        Conversation rows = queried.after(backend("RowDescription"));
        assertThat(rows.afterOversized(Direction.BACKEND, (byte) 'D')).isSameAs(rows);
        assertThat(rows.answersOversized((byte) 'D')).isEqualTo(2);
        assertThat(rows.afterOversized(Direction.BACKEND, (byte) 'E').phase()).isEqualTo(Phase.AWAITING_READY);
        for (byte type : new byte[] {'P', 'B', 'F', 'd'}) {
            assertThat(idle.afterOversized(Direction.FRONTEND, type).isViolated())
                    .isFalse();
        }
    }

    @Test
    void anOversizedMessageWithoutAGreatValueIsAViolation() {
        Conversation idle = folded(LOGIN + "> Sync");

        assertThat(Objects.requireNonNull(idle.afterOversized(Direction.FRONTEND, (byte) 'S')
                                .violation())
                        .reason())
                .isEqualTo("Oversized message of type 0x53, which carries no great value");
        assertThat(idle.afterOversized(Direction.BACKEND, (byte) 'Z').isViolated())
                .isTrue();
        assertThat(idle.afterOversized(Direction.BACKEND, (byte) 'D').isViolated())
                .isTrue();
    }

    @Test
    void manyPipelinedMessagesAreAnsweredInTurn() {
        Conversation at = folded(LOGIN);
        for (int i = 0; i < MANY; i++) {
            at = at.after(frontend("Bind")).after(frontend("Execute")).after(frontend("Sync"));
        }
        assertThat(at.readyOwed()).isEqualTo(new ReadyOwed(MANY, MANY));
        for (int i = 0; i < MANY; i++) {
            at = at.after(backend("BindComplete")).after(backend("DataRow"));
            at = at.after(backend("CommandComplete")).after(backend("ReadyForQuery(I)"));
        }
        assertThat(at.violation()).isNull();
        assertThat(at.phase()).isEqualTo(Phase.IDLE);
    }

    private static FrontendMessage frontend(String sample) {
        return Objects.requireNonNull(Samples.FRONTEND.get(sample));
    }

    private static BackendMessage backend(String sample) {
        return Objects.requireNonNull(Samples.BACKEND.get(sample));
    }

    private static Conversation folded(String script) {
        return ScriptedSession.of("", script).fold();
    }
}
