package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pgreel.client.Listening;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.Query;

/** LISTEN and its consumers. */
class ChannelsTest {

    private static final NotificationResponse ONE = new NotificationResponse(42, "Jobs", "one");

    private static CompletableFuture<Listening> listen(SessionRig rig, String channel, String name) {
        return rig.session.listen(channel, n -> rig.heard.add(name + " hears " + n.payload()));
    }

    private static List<String> sql(SessionRig rig) {
        return rig.effects.sent.stream()
                .filter(Query.class::isInstance)
                .map(FrontendMessage.class::cast)
                .map(message -> ((Query) message).sql())
                .toList();
    }

    @Test
    void consumersAreCalledInOrderBehindTheCallbackAndShareOneListen() {
        SessionRig rig = SessionRig.plain().ready();
        CompletableFuture<Listening> a = listen(rig, "Jobs", "a");
        CompletableFuture<Listening> b = listen(rig, "Jobs", "b");

        rig.receive(done("LISTEN"), ONE, IDLE);

        assertThat(sql(rig)).containsExactly("LISTEN \"Jobs\"");
        assertThat(rig.heard)
                .containsExactly("pgNotification 42 Jobs one", "a hears one", "b hears one", "pgTransactionStatus I");
        assertThat(a.join().channel()).isEqualTo("Jobs");
        assertThat(b.join().isOpen()).isTrue();
        assertThat(rig.session.channels()).containsExactly("Jobs");
        assertThat(listen(rig, "Jobs", "c")).isDone();
    }

    @Test
    void theLastOneThatClosesSendsUnlisten() {
        SessionRig rig = SessionRig.plain().ready();
        CompletableFuture<Listening> a = listen(rig, "a\"b", "a");
        CompletableFuture<Listening> b = listen(rig, "a\"b", "b");
        rig.receive(done("LISTEN"), IDLE);
        rig.heard.clear();

        a.join().close();
        a.join().close();
        assertThat(sql(rig)).containsExactly("LISTEN \"a\"\"b\"");
        rig.receive(new NotificationResponse(1, "a\"b", "x"));
        b.join().close();

        assertThat(rig.heard).containsExactly("pgNotification 1 a\"b x", "b hears x");
        assertThat(sql(rig)).containsExactly("LISTEN \"a\"\"b\"", "UNLISTEN \"a\"\"b\"");
        assertThat(rig.session.channels()).isEmpty();
    }

    @Test
    void aListenThatFailsFailsAllWhoShareItAndIsSentAgainForTheNext() {
        SessionRig rig = SessionRig.plain().ready();
        CompletableFuture<Listening> a = listen(rig, "Jobs", "a");
        CompletableFuture<Listening> b = listen(rig, "Jobs", "b");

        rig.receive(error("ERROR", "25P02"), IDLE);

        assertThat(a).isCompletedExceptionally();
        assertThat(b).isCompletedExceptionally();
        listen(rig, "Jobs", "c");
        assertThat(sql(rig)).hasSize(2);
        rig.receive(done("LISTEN"), IDLE, ONE);
        assertThat(rig.heard).endsWith("c hears one");
    }

    @Test
    void unlistenEndsAllOfThemAndDiscardAllDoes() {
        SessionRig rig = SessionRig.plain().ready();
        CompletableFuture<Listening> a = listen(rig, "Jobs", "a");
        rig.receive(done("LISTEN"), IDLE);
        CompletableFuture<Void> ended = rig.session.unlisten("Jobs");
        rig.receive(done("UNLISTEN"), IDLE);
        CompletableFuture<Listening> b = listen(rig, "Jobs", "b");
        rig.receive(done("LISTEN"), IDLE).query("discard all").receive(done("DISCARD ALL"), IDLE);

        assertThat(ended).isCompleted();
        assertThat(a.join().isOpen()).isFalse();
        assertThat(b.join().isOpen()).isFalse();
        assertThat(rig.session.channels()).isEmpty();
        listen(rig, "Jobs", "c");
        assertThat(sql(rig)).endsWith("LISTEN \"Jobs\"");
    }

    @Test
    void aConsumerThatThrowsIsReportedAndTheOthersAreCalled() {
        SessionRig rig = SessionRig.plain().ready();
        CompletableFuture<Listening> bad = rig.session.listen("Jobs", n -> {
            throw new IllegalStateException("no");
        });
        listen(rig, "Jobs", "b");
        rig.receive(done("LISTEN"), IDLE, ONE);

        assertThat(bad).isCompleted();
        assertThat(rig.heard).endsWith("b hears one");
        assertThat(rig.effects.asked).contains("callbackFailed pgNotification IllegalStateException");
    }

    @Test
    void whatWasListenedToIsKnownWhenTheSessionIsOver() {
        SessionRig rig = SessionRig.plain().ready();
        CompletableFuture<Listening> a = listen(rig, "Jobs", "a");
        rig.receive(done("LISTEN"), IDLE);

        rig.core.endOfStream();

        assertThat(rig.session.channels()).containsExactly("Jobs");
        a.join().close();
        assertThat(listen(rig, "Other", "b")).isCompletedExceptionally();
    }

    @Test
    void aNameThatTheServerWouldCutIsRefused() {
        SessionRig rig = SessionRig.plain().ready();

        assertThatThrownBy(() -> listen(rig, "é".repeat(32), "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> listen(rig, "", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rig.session.notify("a\0b", "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(listen(rig, "x".repeat(63), "a")).isNotDone();
    }
}
