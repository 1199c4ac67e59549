package org.pgreel.replay.play;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.replay.exchange.Bulk;
import org.pgreel.replay.exchange.ConnectionScope;
import org.pgreel.replay.exchange.ExchangeClient;
import org.pgreel.replay.exchange.ExchangeLibrary;
import org.pgreel.replay.exchange.ExchangePlay;
import org.pgreel.replay.exchange.Housekeeping;

/** Answers of a recording on a scripted connection: they are sent as lines are, so that faults act on them. */
final class RecordedAnswers implements ExchangeClient {
    private final ScriptConnection scene;

    private @Nullable ExchangePlay play;
    private @Nullable ConnectionScope scope;

    RecordedAnswers(ScriptConnection scene) {
        this.scene = scene;
    }

    /** Answers the message; false if there is no recording. */
    boolean answer(FrontendMessage message) {
        ExchangePlay answerer = play == null ? begun() : play;
        play = answerer;
        if (answerer == null) {
            return false;
        }
        scene.spoke();
        answerer.received(message);
        return true;
    }

    /** Tells whether there is a recording that could answer. */
    boolean available() {
        return scene.run().library() != null && !scene.forgiving();
    }

    private @Nullable ExchangePlay begun() {
        ExchangeLibrary library = scene.run().library();
        if (library == null || scene.forgiving()) {
            return null;
        }
        var house = new Housekeeping(
                scene.client().user(),
                scene.client().database(),
                scene.run().settings().version());
        ConnectionScope everything = library.everything();
        scope = everything;
        if (scene.run().hasFaults()) {
            library.watch(everything, scene.number());
        }
        return new ExchangePlay(library, everything, this, house, scene.number(), null);
    }

    /** The connection is over; if a fault broke it, what was asked last may be asked again. */
    void over(boolean byFault) {
        if (play != null && byFault) {
            play.unlearnt();
        } else if (play != null) {
            play.ended();
        }
    }

    @Override
    public void send(BackendMessage message) {
        scene.emission().send(message);
        if (message instanceof ReadyForQuery ready) {
            scene.tracking().told(ready.transactionStatus());
            watch();
        }
    }

    /** Where faults may lose an answer, it is noted what reaches the client. */
    private void watch() {
        ExchangeLibrary library = scene.run().library();
        if (library != null && scope != null && scene.run().hasFaults()) {
            Runnable learning = library.learning(scope);
            Outlet outlet = scene.outlet();
            outlet.then(new Act.Told(() -> {
                if (outlet.reaches()) {
                    learning.run();
                }
            }));
        }
    }

    @Override
    public void stream(Bulk bulk) {
        bulk.forEach(this::send);
    }

    @Override
    public void tell(BackendMessage message) {
        scene.emission().send(message);
        scene.outlet().cut();
    }

    @Override
    public void flush() {
        scene.outlet().cut();
    }

    @Override
    public void end() {
        scene.outlet().then(new Act.Close());
    }
}
