package org.pgreel.replay.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The complete samples of the notation's page, as files. */
public final class ScriptSamples {
    public static final List<String> NAMES = List.of(
            "ssl-junk-byte",
            "ssl-refused-when-required",
            "ssl-bytes-stuffed-after-s",
            "scram-forged-signature",
            "scram-huge-iterations",
            "too-many-connections-then-room",
            "too-many-connections-live-limit",
            "admin-shutdown-inside-a-result",
            "length-field-three",
            "one-ready-too-many",
            "commit-applied-ack-lost",
            "copy-out-cut-inside-a-row",
            "cancel-that-arrives-late",
            "samples");

    private ScriptSamples() {}

    public static String text(String name) {
        try (InputStream in = ScriptSamples.class.getResourceAsStream("/scripts/" + name + ".pgreel")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
