package org.pgreel.session;

import java.util.function.Consumer;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.FrameSplitter;
import org.pgreel.tap.SessionTap;

/** The parts of one session's core, wired together. */
record Parts(
        ConnectOptions options,
        Effects effects,
        Route route,
        FrameSplitter splitter,
        Dialogue dialogue,
        Outbound outbound,
        Greeting greeting,
        Login login,
        Cancels cancels,
        Operations operations,
        Statements statements,
        Notifier notifier,
        Channels channels,
        Observers observers,
        TargetCheck target) {

    /**
     * Wires the parts together.
     *
     * @param turns takes an input of another connection of the session as one of the session
     */
    static Parts of(
            ConnectOptions options,
            Effects effects,
            Chance chance,
            LiveSession session,
            SessionStatusNotify notify,
            Consumer<Runnable> turns) {
        Route route = new Route(options, chance);
        FrameSplitter splitter = new FrameSplitter(Direction.BACKEND, options.limits());
        Dialogue dialogue = new Dialogue();
        Outbound outbound = new Outbound(effects, dialogue);
        Observers observers = new Observers(options, effects);
        Statements statements = new Statements(options);
        Login login = new Login(options, chance, route, outbound, dialogue, effects);
        Greeting greeting = new Greeting(options, outbound, dialogue, login, route, splitter);
        Cancels cancels = new Cancels(options, effects, greeting, turns);
        Notifier notifier = new Notifier(session, notify, effects);
        return new Parts(
                options,
                effects,
                route,
                splitter,
                dialogue,
                outbound,
                greeting,
                login,
                cancels,
                new Operations(options, outbound, dialogue, effects, cancels, observers, statements),
                statements,
                notifier,
                new Channels(notifier, session.facts()),
                observers,
                new TargetCheck(route));
    }

    /** Another connection begins: nothing of the one before is left. */
    void restart() {
        splitter.restart();
        dialogue.restart();
        outbound.restart();
        greeting.restart();
        login.restart();
        target.restart();
    }

    void tapWith(SessionTap tap) {
        outbound.tapWith(tap);
        cancels.tapWith(tap);
        operations.tapWith(tap);
        notifier.tapWith(tap);
    }
}
