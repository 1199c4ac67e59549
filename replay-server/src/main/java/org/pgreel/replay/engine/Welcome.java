package org.pgreel.replay.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.replay.exchange.Housekeeping;
import org.pgreel.replay.report.ConnectionOutcome;
import org.pgreel.replay.source.PlayableConnection;

/** What a client hears once it is let in: the recorded greeting, with what belongs to the present put in. */
final class Welcome {
    private static final int KEY_BYTES = 4;
    /** What PostgreSQL 18 sends under protocol 3.2: MAX_CANCEL_KEY_LENGTH of storage/procsignal.h. */
    private static final int LONG_KEY_BYTES = 32;

    private static final String APPLICATION_NAME = "application_name";

    private Welcome() {}

    /**
     * Lets the client in and begins to play.
     *
     * @param version the protocol that the client asked for
     * @param before what is sent before AuthenticationOk
     */
    static void to(ReplayConnection connection, int version, List<BackendMessage> before) {
        connection.effects().disarm(ReplayTimer.LOGIN);
        var messages = new ArrayList<BackendMessage>(before);
        messages.add(new AuthenticationOk());
        if (connection.engine().exchanging()) {
            exchange(connection, version, messages);
            return;
        }
        RecordedConnections recorded = connection.engine().recorded();
        PlayableConnection picked = recorded.pick(connection.startup());
        if (picked == null) {
            surplus(connection, version, messages);
            return;
        }
        messages.addAll(greeting(connection, version, picked));
        var following = Following.of(connection, picked);
        connection.engine().picked(picked.id(), following);
        play(connection, following, messages);
    }

    /** Any number of connections is answered; each is greeted as one that was recorded with its parameters. */
    private static void exchange(ReplayConnection connection, int version, List<BackendMessage> messages) {
        PlayableConnection greeted = connection.engine().recorded().toGreetAs(connection.startup());
        List<BackendMessage> greeting = greeting(connection, version, greeted);
        messages.addAll(greeting);
        Integer processId = null;
        String serverVersion = "";
        for (BackendMessage message : greeting) {
            if (message instanceof BackendKeyData data) {
                processId = data.processId();
            } else if (message instanceof ParameterStatus status
                    && status.parameter().equals("server_version")) {
                serverVersion = status.value();
            }
        }
        var house = new Housekeeping(
                connection.startup().getOrDefault("user", ""),
                connection.startup().getOrDefault("database", ""),
                serverVersion);
        var reported = new LinkedHashMap<String, String>();
        for (BackendMessage message : greeting) {
            if (message instanceof ParameterStatus status) {
                house.reported(status.parameter(), status.value());
                reported.put(status.parameter(), status.value());
            }
        }
        connection.enter(new Exchanging(connection, house, reported, processId));
        connection.send(messages);
    }

    private static void surplus(ReplayConnection connection, int version, List<BackendMessage> messages) {
        String sentence = connection.engine().recorded().whyNone(connection.startup());
        ErrorResponse refusal = switch (connection.engine().settings().surplus()) {
            case CLONE_GREETING -> null;
            case REFUSE_53300 -> Refusals.tooManyClients();
            case FAIL -> Refusals.departed(sentence);
        };
        if (refusal != null) {
            connection.log().outcome(ConnectionOutcome.SURPLUS, sentence);
            messages.add(refusal);
            connection.send(messages);
            connection.end();
            return;
        }
        PlayableConnection greeted = connection.engine().recorded().toGreetAs(connection.startup());
        messages.addAll(greeting(connection, version, greeted));
        play(connection, Following.surplus(connection, sentence), messages);
    }

    private static void play(ReplayConnection connection, Following following, List<BackendMessage> messages) {
        connection.enter(following);
        connection.send(messages);
        following.play();
    }

    private static List<BackendMessage> greeting(
            ReplayConnection connection, int version, PlayableConnection recorded) {
        var greeting = new ArrayList<BackendMessage>();
        for (BackendMessage message : recorded.greeting()) {
            greeting.add(current(connection, version, message));
        }
        return greeting;
    }

    private static BackendMessage current(ReplayConnection connection, int version, BackendMessage message) {
        if (message instanceof BackendKeyData data) {
            int keyBytes = version >= StartupMessage.VERSION_3_2 ? LONG_KEY_BYTES : KEY_BYTES;
            return connection.engine().live().register(connection, data.processId(), keyBytes);
        }
        @Nullable String name = connection.startup().get(APPLICATION_NAME);
        if (message instanceof ParameterStatus status && status.parameter().equals(APPLICATION_NAME) && name != null) {
            return new ParameterStatus(APPLICATION_NAME, name);
        }
        return message;
    }
}
