package org.pgreel.recorder.event;

import java.util.function.ToIntFunction;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening.Role;

/** The numbers that stand for enumerated words in a journal; they are never the ordinals, which may move. */
final class EventCodes {

    private EventCodes() {}

    static int of(Role role) {
        return switch (role) {
            case CLIENT -> 1;
            case PROXY -> 2;
        };
    }

    static int of(By by) {
        return switch (by) {
            case CLIENT -> 1;
            case SERVER -> 2;
            case PROXY -> 3;
        };
    }

    static int of(EndKind how) {
        return switch (how) {
            case FIN -> 1;
            case RESET -> 2;
            case TIMEOUT -> 3;
            case LOCAL -> 4;
        };
    }

    static int of(CallbackKind kind) {
        return switch (kind) {
            case CONNECTED -> 1;
            case CONNECTION_FAILED -> 2;
            case AUTHENTICATED -> 3;
            case TRANSACTION_STATUS -> 4;
            case NOTIFICATION -> 5;
            case NOTICE -> 6;
            case PARAMETER_STATUS -> 7;
            case SHUTDOWN -> 8;
        };
    }

    static Role role(int code) {
        return find("role", code, Role.values(), EventCodes::of);
    }

    static By by(int code) {
        return find("party", code, By.values(), EventCodes::of);
    }

    static EndKind how(int code) {
        return find("end", code, EndKind.values(), EventCodes::of);
    }

    static CallbackKind callback(int code) {
        return find("callback", code, CallbackKind.values(), EventCodes::of);
    }

    private static <T> T find(String what, int code, T[] values, ToIntFunction<T> codeOf) {
        for (T value : values) {
            if (codeOf.applyAsInt(value) == code) {
                return value;
            }
        }
        throw new MalformedEventException(code + " stands for no " + what);
    }
}
