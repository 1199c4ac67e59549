package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.Notification;
import org.pgreel.client.QueryResults;
import org.pgreel.client.Session;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.message.TransactionStatus;

/** What the server says at any time, also while the session is idle. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class AsynchronousTest {
    private static final PostgresServer SERVER = PostgresServer.shared();

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final RecordedLife life = new RecordedLife();
    private final Session session = WATCHED.connect(WatchedClient.to(SERVER), life);
    private final Session other = WATCHED.connect(WatchedClient.to(SERVER), new RecordedLife());

    @AfterEach
    void close() {
        session.close();
        other.close();
    }

    /** Ends the session and waits for it, because a future completes before the callbacks behind it. */
    private void closed() throws Exception {
        session.close();
        session.ended().get(30, TimeUnit.SECONDS);
    }

    private static QueryResults done(CompletableFuture<QueryResults> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aNotificationIsPushedToAnIdleSession() throws Exception {
        done(session.query("LISTEN news"));
        done(other.query("NOTIFY news, 'first'; NOTIFY news, 'second'"));
        assertThat(life.await("notification")).isEqualTo("notification news first");
        assertThat(life.await("notification")).isEqualTo("notification news second");
    }

    @Test
    void ownNotificationsComeBeforeTheStatusOfTheirQuery() throws Exception {
        done(session.query("LISTEN own; NOTIFY own, 'to myself'"));
        closed();
        assertThat(life.withoutParameters())
                .containsExactly(
                        "connected",
                        "authenticated",
                        "status IDLE",
                        "notification own to myself",
                        "status IDLE",
                        "shutdown SessionClosed");
    }

    @Test
    void noticesComeWhereTheyWereRaised() throws Exception {
        done(session.query("DO $$ BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two'; END $$"));
        closed();
        assertThat(life.withoutParameters())
                .containsExactly(
                        "connected",
                        "authenticated",
                        "status IDLE",
                        "notice one",
                        "notice two",
                        "status IDLE",
                        "shutdown SessionClosed");
    }

    @Test
    void aSettingThatTheServerReportsIsToldWhenItChangesAndWhenItIsRolledBack() throws Exception {
        done(session.query("SET application_name = 'before'"));
        done(session.query("BEGIN; SET TimeZone = 'Asia/Tokyo'"));
        assertThat(session.parameters()).containsEntry("TimeZone", "Asia/Tokyo");
        assertThat(session.transactionStatus()).hasValue(TransactionStatus.IN_BLOCK);
        done(session.query("ROLLBACK"));
        closed();
        assertThat(life.lines()).contains("parameter application_name=before", "parameter TimeZone=Asia/Tokyo");
        assertThat(session.parameters().get("TimeZone")).isNotEqualTo("Asia/Tokyo");
    }

    @Test
    void aCallbackMaySubmitOperations() throws Exception {
        CompletableFuture<QueryResults> answer = new CompletableFuture<>();
        Session answering = WATCHED.connect(WatchedClient.to(SERVER), new RecordedLife() {
            @Override
            public void pgNotification(Session session, Notification notification) {
                session.query("SELECT '" + notification.payload() + "'").thenAccept(answer::complete);
            }
        });
        done(answering.query("LISTEN questions"));
        done(other.query("NOTIFY questions, 'echo'"));
        assertThat(done(answer).only().onlyRow().text(0)).isEqualTo("echo");
        answering.close();
    }

    @Test
    void aCallbackMayUseAnotherSession() throws Exception {
        CompletableFuture<QueryResults> answer = new CompletableFuture<>();
        List<Session> sessions = List.of(other, session);
        Session listening = WATCHED.connect(WatchedClient.to(SERVER), new RecordedLife() {
            @Override
            public void pgNotification(Session self, Notification notification) {
                CompletableFuture<?>[] all = sessions.stream()
                        .map(each -> each.query("SELECT 'from another'").thenAccept(answer::complete))
                        .toArray(CompletableFuture<?>[]::new);
                assertThat(all).hasSize(2);
            }
        });
        done(listening.query("LISTEN others"));
        done(other.query("NOTIFY others"));
        assertThat(done(answer).only().onlyRow().text(0)).isEqualTo("from another");
        listening.close();
    }

    @Test
    void whatACallbackThrowsChangesNothing() throws Exception {
        Session throwing = WATCHED.connect(WatchedClient.to(SERVER), new RecordedLife() {
            @Override
            public void pgTransactionStatus(Session session, TransactionStatus status) {
                throw new IllegalStateException("thrown by the test's callback");
            }
        });
        assertThat(done(throwing.query("SELECT 'still here'")).only().onlyRow().text(0))
                .isEqualTo("still here");
        throwing.close();
        throwing.ended().get(30, TimeUnit.SECONDS);
    }
}
