package org.pgreel.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.ServerAddress;
import org.pgreel.client.ShutdownReason;
import org.pgreel.client.observation.FlightRecorderObserver;
import org.pgreel.client.observation.ObservedSession;
import org.pgreel.client.observation.OperationObservation;
import org.pgreel.client.observation.SessionObservation;
import org.pgreel.client.observation.SessionObserver;

/** Tells those who observe the session; one that throws is reported and not told any more. */
final class Observers {

    private final Effects effects;
    private final List<SessionObserver> observers = new ArrayList<>();
    private final List<SessionObservation> observations = new ArrayList<>(1);

    Observers(ConnectOptions options, Effects effects) {
        this.effects = effects;
        observers.add(FlightRecorderObserver.INSTANCE);
        observers.addAll(options.observers());
    }

    /** The session begins to connect. */
    void begin(ConnectOptions options) {
        ObservedSession session = observed(options);
        for (SessionObserver observer : observers) {
            try {
                observations.add(observer.begins(session));
            } catch (RuntimeException thrown) {
                effects.observerFailed(thrown);
            }
        }
    }

    private static ObservedSession observed(ConnectOptions options) {
        String database = options.startupParameters().getOrDefault("database", options.user());
        if (options.address() instanceof ServerAddress.Tcp tcp) {
            return new ObservedSession(tcp.host(), tcp.port(), database, options.user());
        }
        Path socket = ((ServerAddress.UnixSocket) options.address()).path();
        Path directory = socket.getParent();
        return new ObservedSession(
                directory == null ? "" : directory.toString(), portOf(socket), database, options.user());
    }

    /** A socket is named {@code .s.PGSQL.} and the port. */
    private static int portOf(Path socket) {
        String name = String.valueOf(socket.getFileName());
        String digits = name.substring(name.lastIndexOf('.') + 1);
        boolean number =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(Character::isDigit);
        return number ? Integer.parseInt(digits) : 0;
    }

    void ready() {
        each(SessionObservation::ready);
    }

    void ended(ShutdownReason reason) {
        if (reason instanceof ShutdownReason.ConnectionFailed failed) {
            ConnectionFailureReason failure = failed.reason();
            ended(
                    failure.name(),
                    failure instanceof ConnectionFailureReason.ProtocolViolation broken ? broken.violation() : null);
        } else {
            ended(reason.name(), reason instanceof ShutdownReason.ProtocolViolation broken ? broken.violation() : null);
        }
        observations.clear();
    }

    private void ended(String reason, @Nullable String violation) {
        each(observation -> observation.ended(reason, violation));
    }

    private void each(Consumer<SessionObservation> call) {
        for (int i = 0; i < observations.size(); i++) {
            try {
                call.accept(observations.get(i));
            } catch (RuntimeException thrown) {
                observations.set(i, SessionObservation.NONE);
                effects.observerFailed(thrown);
            }
        }
    }

    /** Returns who hears of an operation; empty if nobody wants to. */
    List<OperationObservation> submitted(String kind) {
        List<OperationObservation> wanted = List.of();
        for (int i = 0; i < observations.size(); i++) {
            OperationObservation one = submitted(observations.get(i), kind);
            if (one != null) {
                wanted = wanted.isEmpty() ? new ArrayList<>(observations.size()) : wanted;
                wanted.add(one);
            }
        }
        return wanted;
    }

    private @Nullable OperationObservation submitted(SessionObservation observation, String kind) {
        try {
            return observation.submitted(kind);
        } catch (RuntimeException thrown) {
            effects.observerFailed(thrown);
            return null;
        }
    }

    /** An operation's turn has come. */
    void begun(List<OperationObservation> operation) {
        for (int i = 0; i < operation.size(); i++) {
            try {
                operation.get(i).begun();
            } catch (RuntimeException thrown) {
                effects.observerFailed(thrown);
            }
        }
    }

    /**
     * An operation completed.
     *
     * @param outcome its name; {@link Operation#SUCCEEDED} if it did
     * @param sqlState the server's code; null if the server did not fail it
     */
    void completed(List<OperationObservation> operation, String outcome, @Nullable String sqlState) {
        String failure = outcome.equals(Operation.SUCCEEDED) ? null : outcome;
        for (int i = 0; i < operation.size(); i++) {
            try {
                operation.get(i).completed(failure, sqlState);
            } catch (RuntimeException thrown) {
                effects.observerFailed(thrown);
            }
        }
    }
}
