package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a server command prints while it runs: a sentence for people, or one line of JSON an event for machines. */
final class ServerOutput {

    private final PrintWriter out;
    private final OutputOptions options;

    ServerOutput(PrintWriter out, OutputOptions options) {
        this.out = out;
        this.options = options;
    }

    /** Returns the colours for {@code text} of {@link #event}. */
    Paint paint() {
        return options.paint();
    }

    /** Says that the server accepts connections. */
    void listening(HostAndPort address, String remark) {
        listening(address, remark, Map.of());
    }

    /**
     * Says that the server accepts connections, with what machines are told besides.
     *
     * @param details further fields in JSON
     */
    void listening(HostAndPort address, String remark, Map<String, Object> details) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("host", address.host());
        fields.put("port", address.port());
        fields.putAll(details);
        event("listening", fields, "listening on " + address + (remark.isEmpty() ? "" : " (" + remark + ")"));
    }

    /**
     * Says that something happened.
     *
     * @param name the event's name in JSON
     * @param fields its fields in JSON
     * @param text the same for people; lines end with a line feed but the last
     */
    void event(String name, Map<String, Object> fields, String text) {
        if (options.json) {
            var line = new LinkedHashMap<String, Object>();
            line.put("event", name);
            line.putAll(fields);
            out.println(Json.line(line));
        } else {
            out.println(text);
        }
        out.flush();
    }
}
