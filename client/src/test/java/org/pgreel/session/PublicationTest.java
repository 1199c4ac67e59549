package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.Row;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.wire.Bytes;

/** The publishers' side of the Reactive Streams rules; rules are named by their numbers. */
class PublicationTest {

    private static final ParameterizedQuery QUERY = ParameterizedQuery.of("select n from t", List.of());

    private final SessionRig rig = SessionRig.plain().ready();
    private final Flow.Publisher<Row> rows = rig.session.stream(QUERY, 2);
    private final Heard<Row> heard = new Heard<>(row -> row.text(0));

    /** Writes down its signals. */
    private static final class Heard<T> implements Flow.Subscriber<T> {
        final List<String> signals = new ArrayList<>();
        private final java.util.function.Function<T, @Nullable String> words;
        Consumer<String> reaction = signal -> {};
        Flow.@Nullable Subscription subscription;
        private boolean inside;

        Heard(java.util.function.Function<T, @Nullable String> words) {
            this.words = words;
        }

        private void hear(String signal) {
            assertThat(inside).as("one signal at a time (1.3)").isFalse();
            inside = true;
            signals.add(signal);
            try {
                reaction.accept(signal);
            } finally {
                inside = false;
            }
        }

        Flow.Subscription subscription() {
            if (subscription == null) {
                throw new AssertionError("onSubscribe comes first (1.9)");
            }
            return subscription;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            assertThat(subscription).as("onSubscribe comes once (2.12)").isNull();
            subscription = begun;
            hear("subscribed");
        }

        @Override
        public void onNext(T item) {
            hear(String.valueOf(words.apply(item)));
        }

        @Override
        public void onError(Throwable thrown) {
            hear(thrown.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            hear("complete");
        }
    }

    private void firstWindow() {
        rig.receive(new ParseComplete(), new BindComplete(), columns("n"), row("1"), row("2"), new PortalSuspended());
    }

    @Test
    void nothingIsSentBeforeTheFirstRequest() {
        rows.subscribe(heard);
        assertThat(heard.signals).containsExactly("subscribed");
        assertThat(rig.effects.sent).isEmpty();

        heard.subscription().request(1);
        assertThat(rig.effects.sentNames()).containsExactly("Parse", "Bind", "Describe", "Execute", "Flush");
    }

    @Test
    void noMoreIsGivenThanIsAskedFor() {
        rows.subscribe(heard);
        heard.subscription().request(1);
        firstWindow();
        assertThat(heard.signals).containsExactly("subscribed", "1");
        assertThat(rig.effects.asked).endsWith("pauseRead");

        heard.subscription().request(1);
        assertThat(heard.signals).containsExactly("subscribed", "1", "2");
        assertThat(rig.effects.asked).endsWith("resumeRead");
        assertThat(rig.effects.sentNames()).endsWith("Execute", "Flush").hasSize(5);

        heard.subscription().request(1);
        assertThat(rig.effects.sentNames()).endsWith("Execute", "Flush").hasSize(7);
        rig.receive(row("3"), done("SELECT 3"));
        assertThat(heard.signals).endsWith("3");
        rig.receive(IDLE);
        assertThat(heard.signals).containsExactly("subscribed", "1", "2", "3", "complete");
        assertThat(rig.effects.sentNames()).endsWith("Sync");
    }

    @Test
    void theEndIsToldWithoutDemand() {
        rows.subscribe(heard);
        heard.subscription().request(1);
        rig.receive(new ParseComplete(), new BindComplete(), columns("n"), row("1"), done("SELECT 1"));
        rig.receive(IDLE);

        assertThat(heard.signals).containsExactly("subscribed", "1", "complete");
    }

    @Test
    void manyRequestsFromOnNextDoNotRecurse() {
        heard.reaction = signal -> heard.subscription().request(1);
        rows.subscribe(heard);
        rig.receive(new ParseComplete(), new BindComplete(), columns("n"));
        for (int i = 0; i < 5000; i++) {
            rig.receive(row("1"), row("2"), new PortalSuspended());
        }

        assertThat(heard.signals).hasSize(10_001);
    }

    @Test
    void requestsAddUpToNoMoreThanForEver() {
        rows.subscribe(heard);
        heard.subscription().request(Long.MAX_VALUE);
        heard.subscription().request(Long.MAX_VALUE);
        firstWindow();
        rig.receive(row("3"), row("4"), new PortalSuspended());

        assertThat(heard.signals).containsExactly("subscribed", "1", "2", "3", "4");
    }

    @Test
    void aRequestOfNothingIsAnError() {
        rows.subscribe(heard);
        heard.subscription().request(0);
        heard.subscription().request(5);

        assertThat(heard.signals).containsExactly("subscribed", "IllegalArgumentException");
        assertThat(rig.effects.sent).isEmpty();
    }

    @Test
    void aRequestOfNothingInsideOnNextIsToldBehindIt() {
        heard.reaction = signal -> {
            if (signal.equals("1")) {
                heard.subscription().request(-1);
            }
        };
        rows.subscribe(heard);
        heard.subscription().request(2);
        firstWindow();
        rig.receive(IDLE);

        assertThat(heard.signals).startsWith("subscribed", "1").endsWith("IllegalArgumentException");
        assertThat(heard.signals).hasSizeLessThanOrEqualTo(4);
        assertThat(rig.effects.sentNames()).endsWith("Sync");
    }

    @Test
    void aCancellationIsAStop() {
        heard.reaction = signal -> {
            if (signal.equals("1")) {
                heard.subscription().cancel();
                heard.subscription().cancel();
                heard.subscription().request(1);
            }
        };
        rows.subscribe(heard);
        heard.subscription().request(2);
        firstWindow();
        rig.receive(IDLE);

        assertThat(heard.signals).containsExactly("subscribed", "1");
        assertThat(rig.effects.sentNames()).endsWith("Flush", "Sync");
    }

    @Test
    void aCancellationWhileARowWaitsLetsTheSessionGoOn() {
        rows.subscribe(heard);
        heard.subscription().request(1);
        firstWindow();
        heard.subscription().cancel();

        assertThat(rig.effects.asked).endsWith("resumeRead");
        assertThat(rig.effects.sentNames()).endsWith("Sync");
        rig.receive(IDLE);
        assertThat(heard.signals).containsExactly("subscribed", "1");
        assertThat(rig.heard).containsExactly("pgTransactionStatus I");
    }

    @Test
    void aCancellationBeforeTheFirstRequestSendsNothing() {
        rows.subscribe(heard);
        heard.subscription().cancel();
        heard.subscription().request(1);

        assertThat(rig.effects.sent).isEmpty();
    }

    @Test
    void aFailureIsTheLastSignal() {
        rows.subscribe(heard);
        heard.subscription().request(1);
        rig.receive(error("ERROR", "42P01"), IDLE);
        heard.subscription().request(1);

        assertThat(heard.signals).containsExactly("subscribed", "ServerErrorException");
    }

    @Test
    void theEndOfTheSessionIsAnError() {
        rows.subscribe(heard);
        heard.subscription().request(1);
        firstWindow();
        rig.session.close();
        Heard<Row> late = new Heard<>(row -> row.text(0));
        rows.subscribe(late);

        assertThat(heard.signals).containsExactly("subscribed", "1", "SessionClosedException");
        assertThat(late.signals).containsExactly("subscribed", "SessionClosedException");
    }

    @Test
    void eachSubscriberRunsTheStatementByItself() {
        Heard<Row> second = new Heard<>(row -> row.text(0));
        rows.subscribe(heard);
        rows.subscribe(second);
        heard.subscription().request(9);
        second.subscription().request(9);
        rig.receive(new ParseComplete(), new BindComplete(), columns("n"), row("1"), done("SELECT 1"));
        rig.receive(IDLE);
        rig.receive(new ParseComplete(), new BindComplete(), columns("n"), row("2"), done("SELECT 1"));
        rig.receive(IDLE);

        assertThat(heard.signals).containsExactly("subscribed", "1", "complete");
        assertThat(second.signals).containsExactly("subscribed", "2", "complete");
    }

    @Test
    void aSubscriberThatThrowsIsTakenForCancelled() {
        heard.reaction = signal -> {
            if (signal.equals("1")) {
                throw new IllegalStateException("full");
            }
        };
        rows.subscribe(heard);
        heard.subscription().request(2);
        firstWindow();
        rig.receive(IDLE);

        assertThat(heard.signals).containsExactly("subscribed", "1");
        assertThat(rig.effects.sentNames()).endsWith("Sync");
    }

    @Test
    void nobodySubscribesAsNull() {
        assertThatNullPointerException().isThrownBy(() -> rows.subscribe(null));
    }

    @Test
    void copyDataIsPublishedToo() {
        Heard<Bytes> data = new Heard<>(Bytes::text);
        rig.session.copyOut("copy t to stdout").subscribe(data);
        data.subscription().request(1);
        rig.receive(new CopyOutResponse(0, List.of(0)), piece("1"), piece("2"), piece("3"), new CopyDone());
        rig.receive(done("COPY 3"), IDLE);
        assertThat(data.signals).containsExactly("subscribed", "1");
        data.subscription().request(1);
        assertThat(data.signals).containsExactly("subscribed", "1", "2");
        data.subscription().request(1);

        assertThat(data.signals).containsExactly("subscribed", "1", "2", "3", "complete");
    }

    private static CopyData piece(String text) {
        return new CopyData(Bytes.utf8(text));
    }
}
