package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pgreel.client.observation.ObservedSession;
import org.pgreel.client.observation.OperationObservation;
import org.pgreel.client.observation.SessionObservation;
import org.pgreel.client.observation.SessionObserver;
import org.pgreel.protocol.message.AuthenticationOk;

/** What those hear who observe a session. */
class ObservationTest {

    private final List<String> told = new ArrayList<>();

    private final SessionObserver observer = opening -> {
        told.add("begins " + opening);
        return new SessionObservation() {
            @Override
            public void ready() {
                told.add("ready");
            }

            @Override
            public OperationObservation submitted(String kind) {
                told.add("submitted " + kind);
                return new OperationObservation() {
                    @Override
                    public void begun() {
                        told.add("begun");
                    }

                    @Override
                    public void completed(@Nullable String failure, @Nullable String sqlState) {
                        told.add("completed " + failure + " " + sqlState);
                    }
                };
            }

            @Override
            public void ended(String reason, @Nullable String violation) {
                told.add("ended " + reason);
            }
        };
    };

    @Test
    void aLifeIsToldFromItsBeginToItsEnd() {
        SessionRig rig = SessionRig.with(o -> o.observer(observer)).ready();
        rig.query("select 1").receive(done("SELECT 1"), IDLE);
        rig.query("select 1/0").receive(error("ERROR", "22012"), IDLE);
        rig.query("select pg_sleep(9)", "select 2");
        rig.core.endOfStream();

        assertThat(told)
                .containsExactly(
                        "begins " + new ObservedSession("db.example", 5432, "alice", "alice"),
                        "ready",
                        "submitted simple-query",
                        "begun",
                        "completed null null",
                        "submitted simple-query",
                        "begun",
                        "completed ServerError 22012",
                        "submitted simple-query",
                        "begun",
                        "submitted simple-query",
                        "completed ConnectionLost null",
                        "completed ConnectionLost null",
                        "ended ConnectionLost");
    }

    @Test
    void aSessionThatNeverGetsReadyEndsWithItsReason() {
        SessionRig rig = SessionRig.with(o -> o.observer(observer)).connected();

        rig.core.endOfStream();

        assertThat(told).hasSize(2).last().isEqualTo("ended ConnectionClosedByServer");
    }

    @Test
    void whatAnObserverThrowsChangesNothing() {
        SessionObserver throwing = opening -> new SessionObservation() {
            @Override
            public void ready() {
                throw new IllegalStateException("ready");
            }

            @Override
            public OperationObservation submitted(String kind) {
                throw new IllegalStateException("submitted");
            }
        };
        SessionRig rig = SessionRig.with(o -> o.observer(throwing).observer(observer));
        rig.connected().receive(new AuthenticationOk(), IDLE);
        rig.query("select 1").receive(done("SELECT 1"), IDLE);

        assertThat(rig.heard).contains("select 1 succeeded");
        assertThat(rig.effects.asked).contains("observerFailed IllegalStateException");
        assertThat(told).contains("ready", "completed null null");
    }

    @Test
    void anObserverThatFailsAtTheBeginIsLeftOut() {
        SessionRig rig = SessionRig.with(o -> o.observer(opening -> {
                            throw new IllegalStateException("begins");
                        })
                        .observer(observer))
                .ready();

        assertThat(rig.session.ready()).isCompleted();
        assertThat(told).hasSize(2);
    }
}
