package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.answer;
import static org.pgreel.session.Messages.error;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.pgreel.client.CancelOutcome;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.ShutdownReason;
import org.pgreel.client.SslMode;
import org.pgreel.client.SslNegotiation;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;

/** A cancel request: when it is sent, how it is protected, and that it never outlives its operation. */
class CancelTest {

    private static final String REQUEST = "write 00000010" + "04d2162e" + "00003039" + "00010932";
    private static final String SSL_REQUEST = "write 00000008" + "04d2162f";
    private static final TlsSession TLS = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", null);

    private static SessionRig ready(UnaryOperator<ConnectOptionsBuilder> more) {
        SessionRig rig = SessionRig.with(more).connected();
        boolean asksForTls = !rig.effects.sentNames().contains("StartupMessage");
        if (asksForTls) {
            rig.receive(new byte[] {'S'});
            rig.core.tlsEstablished(TLS);
        }
        rig.receive(
                new AuthenticationOk(),
                new BackendKeyData(12345, Bytes.ofHex("00010932")),
                new ReadyForQuery(TransactionStatus.IDLE));
        rig.heard.clear();
        rig.effects.asked.clear();
        rig.effects.sent.clear();
        return rig;
    }

    private static SessionRig ready() {
        return ready(o -> o);
    }

    private static CompletableFuture<CancelOutcome> cancelled(SessionRig rig) {
        rig.query("select 1");
        return rig.session.cancel();
    }

    private static RecordedConnection another(SessionRig rig) {
        return rig.effects.another();
    }

    @Test
    void theKeyGoesOverAConnectionOfItsOwnAndTheEndOfThatIsAwaited() {
        SessionRig rig = ready();

        CompletableFuture<CancelOutcome> outcome = cancelled(rig);
        another(rig).core.connected();

        assertThat(another(rig).asked).containsExactly(REQUEST);
        assertThat(outcome).isNotDone();
        another(rig).core.endOfStream();
        assertThat(outcome.join()).isEqualTo(new CancelOutcome.Sent());
        assertThat(another(rig).asked).containsExactly(REQUEST, "close");
        assertThat(rig.effects.armed).doesNotContainKey(Timer.CANCEL);
    }

    @Test
    void nothingIsSentBeforeTheConnectionOfTheRequestHasEnded() {
        SessionRig rig = ready();
        cancelled(rig);
        another(rig).core.connected();

        rig.receive(answer("1")).query("select 2");

        assertThat(rig.effects.sentNames()).containsExactly("Query");
        another(rig).core.endOfStream();
        assertThat(rig.effects.sentNames()).containsExactly("Query", "Query");
    }

    @Test
    void aRequestThatWasNotSentWhenItsOperationIsAnsweredNeverIs() {
        SessionRig rig = ready();
        CompletableFuture<CancelOutcome> outcome = cancelled(rig);

        rig.query("select 2").receive(answer("1"));

        assertThat(outcome.join()).isEqualTo(new CancelOutcome.NothingToCancel());
        assertThat(another(rig).asked).containsExactly("abort");
        assertThat(rig.effects.sentNames()).containsExactly("Query", "Query");
        another(rig).core.connected();
        assertThat(another(rig).asked).containsExactly("abort");
    }

    @Test
    void anOperationThatNobodyWaitsForIsCancelledUntilItIsAnswered() {
        SessionRig rig = ready();
        rig.query("select 1");
        rig.session.cancelUnawaited(null);

        another(rig).core.connected();
        another(rig).core.endOfStream();
        assertThat(rig.effects.armed).containsEntry(Timer.CANCEL, Duration.ofMillis(250));
        rig.core.elapsed(Timer.CANCEL);
        assertThat(rig.effects.others).hasSize(2);
        another(rig).core.connected();
        another(rig).core.endOfStream();
        assertThat(rig.effects.armed).containsEntry(Timer.CANCEL, Duration.ofMillis(500));

        rig.receive(error("ERROR", "57014"), IDLE).query("select 2");
        assertThat(rig.effects.armed).doesNotContainKey(Timer.CANCEL);
        rig.core.elapsed(Timer.CANCEL);
        assertThat(rig.effects.others).hasSize(2);
        assertThat(rig.effects.sentNames()).containsExactly("Query", "Query");
    }

    @Test
    void anOperationThatNobodyWaitsForIsCancelledWhenItsTurnComesAndNoOtherIs() {
        SessionRig rig = ready();
        rig.query("select 1");
        CompletableFuture<?> second = rig.session.query("select 2");
        rig.query("select 3");

        rig.session.cancelUnawaited(second);
        assertThat(rig.effects.others).isEmpty();
        rig.receive(answer("1"));
        assertThat(rig.effects.others).hasSize(1);
        rig.receive(answer("2"));
        assertThat(another(rig).asked).containsExactly("abort");

        rig.session.cancelUnawaited(second);
        assertThat(rig.effects.others).hasSize(1);
        assertThat(rig.effects.armed).doesNotContainKey(Timer.CANCEL);
    }

    @Test
    void withoutAnOperationOrAKeyNothingIsOpened() {
        SessionRig idle = ready();
        SessionRig keyless = SessionRig.plain().ready();

        assertThat(idle.session.cancel().join()).isEqualTo(new CancelOutcome.NothingToCancel());
        assertThat(cancelled(keyless).join().sentence())
                .isEqualTo("no cancel request was sent: the server told no key to cancel with");
        assertThat(idle.effects.others).isEmpty();
        assertThat(keyless.effects.others).isEmpty();
    }

    @Test
    void severalCancelsShareOneConnectionAndTheNextOperationsIsItsOwn() {
        SessionRig rig = ready();
        CompletableFuture<CancelOutcome> first = cancelled(rig);
        CompletableFuture<CancelOutcome> second = rig.session.cancel();
        another(rig).core.connected();
        another(rig).core.endOfStream();

        assertThat(rig.effects.others).hasSize(1);
        assertThat(first.join()).isEqualTo(second.join());
        CompletableFuture<CancelOutcome> third = rig.session.cancel();
        assertThat(rig.effects.others).hasSize(2);
        rig.receive(answer("1"));
        assertThat(third.join()).isEqualTo(new CancelOutcome.NothingToCancel());
    }

    @Test
    void theRequestIsProtectedAsTheSessionIs() {
        SessionRig required = ready(o -> o.sslMode(SslMode.REQUIRE));
        CompletableFuture<CancelOutcome> refused = cancelled(required);
        another(required).core.connected();
        another(required).serverSays("N");
        SessionRig preferred = ready(o -> o.sslMode(SslMode.PREFER));
        CompletableFuture<CancelOutcome> plain = cancelled(preferred);
        another(preferred).core.connected();
        another(preferred).serverSays("N");
        SessionRig encrypted = ready(o -> o.sslMode(SslMode.REQUIRE));
        cancelled(encrypted);
        another(encrypted).core.connected();
        another(encrypted).serverSays("S");
        another(encrypted).core.tlsEstablished(TLS);

        assertThat(another(required).asked).containsExactly(SSL_REQUEST, "abort");
        assertThat(refused.join().sentence()).contains("declined TLS");
        assertThat(another(preferred).asked).containsExactly(SSL_REQUEST, REQUEST);
        assertThat(plain).isNotDone();
        assertThat(another(encrypted).asked).containsExactly(SSL_REQUEST, "startTls", REQUEST);
    }

    @Test
    void directTlsStaysDirectAndIsHeldToTheSame() {
        SessionRig rig = SessionRig.with(o -> o.sslMode(SslMode.REQUIRE).sslNegotiation(SslNegotiation.DIRECT))
                .connected();
        rig.core.tlsEstablished(TLS);
        rig.receive(
                new AuthenticationOk(),
                new BackendKeyData(12345, Bytes.ofHex("00010932")),
                new ReadyForQuery(TransactionStatus.IDLE));
        cancelled(rig);
        another(rig).core.connected();
        another(rig).core.tlsEstablished(TLS);
        assertThat(another(rig).asked).containsExactly("startTls", REQUEST);
        another(rig).core.endOfStream();
        CompletableFuture<CancelOutcome> elsewhere = rig.session.cancel();
        another(rig).core.connected();
        another(rig).core.tlsEstablished(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", null, "", false));

        assertThat(another(rig).asked).containsExactly("startTls", "abort");
        assertThat(elsewhere.join().sentence()).contains("ALPN");
    }

    @Test
    void whatCannotBeTheServersAnswerToSslRequestEndsTheConnectionWithoutTheKey() {
        for (String answer : new String[] {"E", "X", "Smore"}) {
            SessionRig rig = ready(o -> o.sslMode(SslMode.PREFER));
            CompletableFuture<CancelOutcome> outcome = cancelled(rig);
            another(rig).core.connected();
            another(rig).serverSays(answer);

            assertThat(another(rig).asked).containsExactly(SSL_REQUEST, "abort");
            assertThat(outcome.join()).isInstanceOf(CancelOutcome.Failed.class);
        }
    }

    @Test
    void theFailureOfARequestIsNotTheSessions() {
        SessionRig rig = ready();
        CompletableFuture<CancelOutcome> unreachable = cancelled(rig);
        another(rig).core.connectFailed(ConnectFailure.TCP, new IOException("refused"));
        CompletableFuture<CancelOutcome> late = rig.session.cancel();
        rig.core.elapsed(Timer.CANCEL);

        assertThat(unreachable.join().sentence())
                .isEqualTo("no cancel request was sent: no connection to the server came up");
        assertThat(late.join().sentence()).contains("within 5000 ms (cancelTimeout)");
        rig.receive(answer("1"));
        assertThat(rig.heard).containsExactly("select 1 succeeded", "pgTransactionStatus I");
    }

    @Test
    void aRequestThatTheServerNeverDealsWithEndsTheSessionBeforeTheNextOperation() {
        SessionRig rig = ready();
        CompletableFuture<CancelOutcome> outcome = cancelled(rig);
        another(rig).core.connected();
        rig.core.elapsed(Timer.CANCEL);
        rig.query("select 2");

        assertThat(outcome.join()).isEqualTo(new CancelOutcome.Unanswered());
        assertThat(rig.heard).isEmpty();
        rig.receive(answer("1"));
        assertThat(rig.heard)
                .containsExactly("select 1 succeeded", "select 2: SessionClosed", "pgSessionShutdown CancelUnanswered");
        assertThat(rig.effects.sentNames()).containsExactly("Query", "Terminate");
    }

    @Test
    void theEndOfTheSessionLetsARequestThatWasSentReachTheServer() {
        SessionRig sent = ready();
        CompletableFuture<CancelOutcome> reaches = cancelled(sent);
        another(sent).core.connected();
        sent.session.close();
        SessionRig unsent = ready();
        CompletableFuture<CancelOutcome> lost = cancelled(unsent);
        unsent.session.close();

        assertThat(reaches.join().wasSent()).isTrue();
        assertThat(another(sent).asked).containsExactly(REQUEST, "close");
        assertThat(lost.join().wasSent()).isFalse();
        assertThat(another(unsent).asked).containsExactly("abort");
    }

    @Test
    void aCancelInsideACallbackIsAskedBehindIt() {
        SessionRig rig = ready();
        rig.reacting(event -> {
            if (event.equals("pgNotice NOTICE 00000")) {
                rig.session.cancel();
            }
        });
        rig.query("select 1").receive(Messages.notice());

        assertThat(rig.effects.others).hasSize(1);
    }

    @Test
    void aCancelThatIsCutOffByTheSessionsEndIsAnsweredAllTheSame() {
        SessionRig rig = ready();
        var outcomes = new java.util.ArrayList<CompletableFuture<CancelOutcome>>();
        rig.reacting(event -> {
            if (event.equals("pgNotice NOTICE 00000")) {
                outcomes.add(rig.session.cancel());
                rig.session.close();
            }
        });
        rig.query("select 1").receive(Messages.notice());

        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0).join()).isEqualTo(new CancelOutcome.NothingToCancel());
        assertThat(rig.session.shutdownReason()).contains(new ShutdownReason.SessionClosed());
    }

    @Test
    void aCancelledOperationFailsWithTheServersError() {
        SessionRig rig = ready();
        cancelled(rig);
        another(rig).core.connected();
        rig.receive(error("ERROR", "57014"), IDLE);
        another(rig).core.endOfStream();

        assertThat(rig.heard).containsExactly("select 1: ServerError", "pgTransactionStatus I");
    }
}
