package org.pgreel.recorder.masking;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.event.MaskKind;

/**
 * Start-up parameters that hold a secret, as far as their names tell.
 *
 * <p>PostgreSQL takes no secret that way, but poolers and proxies in front of it do, and drivers pass on what they do not
 * know themselves.
 */
public final class SecretParameters {

    /** The start-up parameter that holds settings in the form of a command line. */
    static final String OPTIONS = "options";

    private SecretParameters() {}

    /**
     * Returns start-up parameters as they may be stored: without those that hold a secret, and {@code options} with the
     * values of such settings overwritten.
     */
    public static Map<String, String> withoutSecrets(Map<String, String> parameters) {
        Map<String, String> kept = new LinkedHashMap<>(parameters);
        kept.keySet().removeIf(SecretParameters::hold);
        kept.computeIfPresent(OPTIONS, (name, value) -> masked(value));
        return kept;
    }

    private static String masked(String options) {
        OptionsRule rule = new OptionsRule();
        byte[] bytes = Bytes.utf8(options).toArray();
        for (int i = 0; i < bytes.length; i++) {
            if (rule.judge(bytes[i]) != null) {
                bytes[i] = '*';
            }
        }
        return Bytes.wrap(bytes).text();
    }

    /** Tells whether a start-up parameter of this name is taken for a secret, whatever the case of its letters. */
    public static boolean hold(String name) {
        return kindOf(name) != null;
    }

    /** Returns what kind of secret a parameter of this name holds; null if none. */
    static @Nullable MaskKind kindOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("password") || lower.contains("passfile")) {
            return MaskKind.PASSWORD;
        }
        return lower.contains("secret") || lower.contains("token") ? MaskKind.TOKEN : null;
    }
}
