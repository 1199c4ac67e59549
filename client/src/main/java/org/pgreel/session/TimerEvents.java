package org.pgreel.session;

import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionFailureReason.ConnectionFailedTimeout;
import org.pgreel.client.ConnectionFailureReason.ConnectionFailedTimerError;
import org.pgreel.client.ShutdownReason;

/** What follows when a timer of the session elapses, or cannot be armed. */
final class TimerEvents {

    private final ConnectOptions options;
    private final Greeting greeting;
    private final Route route;
    private final Operations operations;
    private final Cancels cancels;
    private final Reception reception;

    TimerEvents(Parts parts, Reception reception) {
        this.options = parts.options();
        this.greeting = parts.greeting();
        this.route = parts.route();
        this.operations = parts.operations();
        this.cancels = parts.cancels();
        this.reception = reception;
    }

    void elapsed(Timer timer) {
        switch (timer) {
            case CONNECT -> {
                route.close();
                throw SessionEnd.timedOut(new ConnectionFailedTimeout(
                        options.connectTimeout(), greeting.stage().words()));
            }
            case ATTEMPT ->
                throw SessionEnd.timedOut(new ConnectionFailedTimeout(
                        options.attemptTimeout(), greeting.stage().words()));
            case OPERATION -> operations.limit().elapsed();
            case CANCEL -> cancels.elapsed(operations.head());
            case STALL -> reception.stall().elapsed();
            case END_OF_STREAM -> throw SessionEnd.timedOut(new ShutdownReason.ConnectionLost(null));
        }
    }

    void failed(Timer timer, Throwable cause) {
        switch (timer) {
            case OPERATION -> operations.limit().timerFailed(cause);
            case CANCEL -> cancels.timerFailed(cause);
            case CONNECT, ATTEMPT -> throw SessionEnd.failed(new ConnectionFailedTimerError(cause));
            case STALL, END_OF_STREAM ->
                throw SessionEnd.local(reception.firstCause(new ShutdownReason.TimerFailed(cause)));
        }
    }
}
