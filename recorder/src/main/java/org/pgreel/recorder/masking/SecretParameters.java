package org.pgreel.recorder.masking;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.MaskKind;

/**
 * Start-up parameters that hold a secret, as far as their names tell.
 *
 * <p>PostgreSQL takes no secret that way, but poolers and proxies in front of it do, and drivers pass on what they do not
 * know themselves.
 */
public final class SecretParameters {

    private SecretParameters() {}

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
