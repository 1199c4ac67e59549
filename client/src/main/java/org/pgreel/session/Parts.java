package org.pgreel.session;

import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.FrameSplitter;
import org.pgreel.tap.SessionTap;

/** The parts of one session's core, wired together. */
record Parts(
        ConnectOptions options,
        Effects effects,
        FrameSplitter splitter,
        Dialogue dialogue,
        Outbound outbound,
        Greeting greeting,
        Login login,
        Operations operations,
        Notifier notifier,
        Observers observers) {

    static Parts of(
            ConnectOptions options, Effects effects, String nonce, Session session, SessionStatusNotify notify) {
        FrameSplitter splitter = new FrameSplitter(Direction.BACKEND, options.limits());
        Dialogue dialogue = new Dialogue();
        Outbound outbound = new Outbound(effects, dialogue);
        Observers observers = new Observers(options, effects);
        Login login = new Login(options, nonce, outbound, dialogue, effects);
        return new Parts(
                options,
                effects,
                splitter,
                dialogue,
                outbound,
                new Greeting(options, outbound, dialogue, login, splitter),
                login,
                new Operations(options, outbound, dialogue, effects, observers),
                new Notifier(session, notify, effects),
                observers);
    }

    void tapWith(SessionTap tap) {
        outbound.tapWith(tap);
        operations.tapWith(tap);
        notifier.tapWith(tap);
    }
}
