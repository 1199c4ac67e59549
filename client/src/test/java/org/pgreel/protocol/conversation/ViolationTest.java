package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.protocol.conversation.ScriptedSession.LOGIN;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Direction;

/** What no conforming peer sends, what is said about it, and how one that only looks on goes on. */
final class ViolationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what happened            | what comes           | what is said about it
            > Query                    | DataRow              | DataRow before RowDescription: the backend owed RowDescription
            > Query                    | ReadyForQuery(I)     | ReadyForQuery, but the backend owed RowDescription, CommandComplete
            > Query < RowDescription   | ReadyForQuery(I)     | ReadyForQuery, but the backend owed DataRow, CommandComplete or ErrorResponse
            > Query < CommandComplete  | EmptyQueryResponse   | EmptyQueryResponse, but the backend owed ReadyForQuery
            > Query < CommandComplete ReadyForQuery | ReadyForQuery(I) | ReadyForQuery, but the backend owed nothing
            > Query < CommandComplete ReadyForQuery | CommandComplete  | CommandComplete, but the backend owed nothing
            > Query                    | AuthenticationOk     | AuthenticationOk, but the backend owed
            > Query                    | AuthenticationSASL   | AuthenticationSASL, but the backend owed
            > Query                    | BackendKeyData       | BackendKeyData, but the backend owed
            > Query                    | FunctionCallResponse | FunctionCallResponse, but the backend owed
            > Query                    | ParseComplete        | ParseComplete, but the backend owed
            > Query                    | CopyData             | CopyData, but the backend owed
            > Query                    | Unknown              | Message of unknown type 0x79, but the backend owed
            > Parse                    | DataRow              | DataRow, but the backend owed ParseComplete or ErrorResponse
            > Parse                    | BindComplete         | BindComplete, but the backend owed ParseComplete
            > Parse Bind < ParseComplete | ParseComplete      | ParseComplete, but the backend owed BindComplete
            > Describe(P)              | ParameterDescription | ParameterDescription, but the backend owed RowDescription, NoData
            > Describe(S)              | RowDescription       | RowDescription, but the backend owed ParameterDescription
            > Bind Execute < BindComplete | RowDescription    | RowDescription, but the backend owed DataRow, CommandComplete
            > Execute                  | PortalSuspended      | PortalSuspended, but the backend owed DataRow
            > Execute < DataRow        | PortalSuspended      | PortalSuspended, but the backend owed DataRow, CommandComplete or
            > Execute(1)               | PortalSuspended      | PortalSuspended, but the backend owed DataRow
            > Execute                  | CopyBothResponse     | CopyBothResponse, but the backend owed
            > Execute Sync < CommandComplete | CommandComplete | CommandComplete, but the backend owed ReadyForQuery
            > Parse < ErrorResponse    | ReadyForQuery(I)     | ReadyForQuery, but the backend owed nothing before Sync
            > Parse Sync < ErrorResponse | ParseComplete      | ParseComplete, but the backend owed ReadyForQuery or ErrorResponse
            > Query < CopyInResponse   | CommandComplete      | CommandComplete, but the backend owed ErrorResponse, or nothing before
            > Query < CopyInResponse > CopyFail | CommandComplete | CommandComplete, but the backend owed ErrorResponse
            > Query < CopyInResponse   | CopyData             | CopyData, but the backend owed
            > Query < CopyOutResponse  | CommandComplete      | CommandComplete, but the backend owed CopyData, CopyDone
            > Query < CopyOutResponse CopyDone | ReadyForQuery(I) | ReadyForQuery, but the backend owed CommandComplete
            > Query < CopyBothResponse CopyDone | CommandComplete | CommandComplete, but the backend owed CopyData
            > FunctionCall             | ReadyForQuery(I)     | ReadyForQuery, but the backend owed FunctionCallResponse
            > FunctionCall < FunctionCallResponse | FunctionCallResponse | FunctionCallResponse, but the backend owed ReadyForQuery
            < ErrorResponse(FATAL)     | ReadyForQuery(I)     | ReadyForQuery, but the backend owed nothing: it had ended the session
            """)
    void aBackendThatSaysWhatIsNotOwed(String happened, String comes, String reason) {
        Conversation at = folded(LOGIN + happened + " < " + comes);

        assertThat(at.isViolated()).isTrue();
        assertThat(at.phase()).isEqualTo(Phase.VIOLATED);
        Violated violation = at.violation();
        assertThat(violation).isNotNull();
        assertThat(violation.direction()).isEqualTo(Direction.BACKEND);
        assertThat(violation.reason()).startsWith(reason);
        assertThat(violation.before()).isEqualTo(folded(LOGIN + happened));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            > StartupMessage < AuthenticationOk > Query | Query, but the backend was not ready for queries yet
            > StartupMessage < AuthenticationSASL > PasswordMessage | PasswordMessage, but the backend had asked for SASLInitialResponse
            > StartupMessage > PasswordMessage          | PasswordMessage, but the backend had not let the frontend in
            > StartupMessage > StartupMessage           | StartupMessage, but the backend had not let the frontend in
            > SSLRequest > StartupMessage               | StartupMessage, but the frontend must wait for the answer
            > SSLRequest < SSLResponse(N) > SSLRequest  | SSLRequest, but this encryption was refused
            > SSLRequest < SSLResponse(S) > GSSENCRequest | GSSENCRequest, but this encryption was refused or encryption is on
            > Query                                     | Query, but the connection begins with StartupMessage
            > CancelRequest > Terminate                 | Terminate, but nothing follows CancelRequest
            > StartupMessage < AuthenticationOk ReadyForQuery > Terminate Query | Query, but nothing follows Terminate
            > StartupMessage < AuthenticationOk ReadyForQuery > StartupMessage | StartupMessage, but the session had begun
            > StartupMessage < AuthenticationOk ReadyForQuery > PasswordMessage | PasswordMessage, but the session had begun
            > StartupMessage < AuthenticationOk ReadyForQuery > Unknown | Message of unknown type 0x79, which no frontend sends
            """)
    void aFrontendThatSaysWhatItCannotKnowToBeRight(String happened, String reason) {
        Violated violation = folded(happened).violation();

        assertThat(violation).isNotNull();
        assertThat(violation.direction()).isEqualTo(Direction.FRONTEND);
        assertThat(violation.reason()).startsWith(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a version negotiated that nobody asked for | > StartupMessage < NegotiateProtocolVersion
            a version negotiated twice                 | > StartupMessage(3.2) < NegotiateProtocolVersion NegotiateProtocolVersion
            MD5 in the middle of SASL      | > StartupMessage < AuthenticationSASL > SASLInitialResponse < AuthenticationMD5Password
            cleartext in the middle of SASL | > StartupMessage < AuthenticationSASL > SASLInitialResponse < AuthenticationCleartextPassword
            SASL twice                     | > StartupMessage < AuthenticationSASL > SASLInitialResponse < AuthenticationSASL
            the end of SASL twice          | > StartupMessage < AuthenticationSASL > SASLInitialResponse < AuthenticationSASLFinal AuthenticationSASLFinal
            the end of SASL without SASL   | > StartupMessage < AuthenticationSASLFinal
            let in before the proof        | > StartupMessage < AuthenticationMD5Password AuthenticationOk
            ready before let in            | > StartupMessage < ReadyForQuery
            a parameter before let in      | > StartupMessage < ParameterStatus
            a notification before let in   | > StartupMessage < NotificationResponse
            let in twice                   | > StartupMessage < AuthenticationOk AuthenticationOk
            a notice before anything       | < NoticeResponse
            an error before anything       | < ErrorResponse
            the wrong byte to SSLRequest   | > SSLRequest < SSLResponse(?)
            the byte of the other request  | > SSLRequest < GSSENCResponse(N)
            an answer to CancelRequest     | > CancelRequest < ErrorResponse
            """)
    void aLoginThatNoServerHas(String name, String script) {
        assertThat(folded(script).isViolated()).as(name).isTrue();
    }

    @Test
    void nothingLeadsOutOfAViolation() {
        Conversation violated = folded(LOGIN + "> Query < ParseComplete");

        Samples.BACKEND
                .values()
                .forEach(message -> assertThat(violated.after(message)).isSameAs(violated));
        Samples.FRONTEND
                .values()
                .forEach(message ->
                        assertThat(violated.after(message).isViolated()).isTrue());
    }

    @Test
    void oneThatLooksOnResumesAtTheNextReadyForQuery() {
        Conversation violated = folded(LOGIN + "> Query Query < ParseComplete > Sync < DataRow");

        Conversation resumed = resumed(violated, TransactionStatus.IN_BLOCK);

        assertThat(resumed.transactionStatus()).isEqualTo(TransactionStatus.IN_BLOCK);
        assertThat(resumed.readyOwed()).isEqualTo(new ReadyOwed(2, 2));
        assertThat(resumed.owed()).isEqualTo(Demand.QUERY);
        assertThat(resumed.frontendMessages()).isEqualTo(4);
    }

    @Test
    void aReadyForQueryTooManyIsWhereItResumes() {
        Conversation resumed = resumed(folded(LOGIN + "< ReadyForQuery"), TransactionStatus.IDLE);

        assertThat(resumed).isEqualTo(folded(LOGIN));
    }

    private static Conversation resumed(Conversation violated, TransactionStatus status) {
        Violated violation = violated.violation();
        assertThat(violation).isNotNull();
        return violation.resumedAt(new ReadyForQuery(status));
    }

    private static Conversation folded(String script) {
        return ScriptedSession.of("", script).fold();
    }
}
