package org.pgreel.replay.script;

import java.util.List;
import java.util.Map;
import org.pgreel.protocol.transcript.LineReader;

/** The words of the notation that scripts add to transcripts. */
final class Words {
    static final List<String> BEGINNINGS = List.of(
            "F",
            "B",
            "|",
            "!",
            ">",
            "<",
            "@",
            "note",
            "use",
            "statement",
            "connection",
            "either",
            "unordered",
            "optional",
            "repeat",
            "signal",
            "await",
            "never",
            "}");

    static final List<String> BLOCKS = List.of(
            "startup",
            "tls",
            "trust",
            "cleartext",
            "md5",
            "scram",
            "parameters",
            "key",
            "ready",
            "login",
            "housekeeping");

    static final List<String> FRONTEND_EVENTS = List.of("connect", "tls", "raw", "eof", "reset", "silent", "end");

    static final List<String> BACKEND_EVENTS = List.of("raw", "delay", "stall", "eof", "close", "reset");

    static final List<String> EFFECTS = List.of(
            "omit",
            "duplicate",
            "swap",
            "insert",
            "truncate",
            "corrupt",
            "set",
            "split",
            "chop",
            "ignore",
            "swallow",
            "deaf",
            "coalesce",
            "throttle",
            "occupy",
            "delay",
            "stall",
            "eof",
            "close",
            "reset");

    static final List<String> MOMENTS = List.of("before", "after", "F", "B", "byte", "message", "connection", "status");

    static final List<String> WILDCARDS = List.of(
            "any",
            "text",
            "int",
            "digits",
            "oid",
            "pid",
            "key",
            "salt",
            "nonce",
            "name",
            "uuid",
            "timestamp",
            "date",
            "time",
            "secret",
            "regex",
            "client-first",
            "server-first",
            "client-final",
            "server-final",
            "mechanisms",
            "random",
            "now");

    private static final List<String> OPERATIONS = List.of(
            "connect",
            "query",
            "prepare",
            "execute",
            "close-statement",
            "stream",
            "fetch",
            "stop",
            "pause",
            "resume",
            "copy-in",
            "copy-out",
            "data",
            "finish",
            "abort",
            "pipeline",
            "listen",
            "unlisten",
            "function",
            "cancel",
            "close");

    private static final List<String> RESULTS =
            List.of("ready", "row", "data", "suspended", "done", "failed", "cancelled");

    private static final List<String> CALLBACKS = List.of(
            "pgSessionConnected",
            "pgSessionConnectionFailed",
            "pgSessionAuthenticated",
            "pgTransactionStatus",
            "pgNotification",
            "pgNotice",
            "pgParameterStatus",
            "pgSessionShutdown");

    private static final Map<Character, List<String>> TOLD = Map.of('>', OPERATIONS, '<', RESULTS, '@', CALLBACKS);

    private Words() {}

    static void requireTold(LineReader in, int column, char marker, String word) {
        List<String> known = TOLD.getOrDefault(marker, List.of());
        if (!known.contains(word)) {
            String kind = switch (marker) {
                case '>' -> "operation";
                case '<' -> "result";
                default -> "callback";
            };
            throw in.unknownWord(column, word, kind, known);
        }
    }
}
