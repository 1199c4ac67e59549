package org.pgreel.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.encryption.TapeKey;
import org.pgreel.recorder.encryption.TapeKeyException;
import org.pgreel.recorder.encryption.TapeKeys;
import picocli.CommandLine.Option;

/** With which key encrypted tapes are read and written. */
final class TapeKeyOptions {

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The key of encrypted tapes; a file for its owner only, made by 'openssl rand -hex 32'.")
    private @Nullable Path file;

    @Option(
            names = "--key-env",
            paramLabel = "NAME",
            description =
                    "The variable of the environment that holds the key instead. Default: " + TapeKey.VARIABLE + ".")
    private @Nullable String variable;

    /** Returns who gives the key when it is needed. */
    TapeKeys keys() {
        Path from = file;
        String name = variable;
        if (from != null && name != null) {
            throw CommandFailedException.usage("the key was named twice; give one of --key-file and --key-env");
        }
        if (from != null) {
            return () -> TapeKey.read(from);
        }
        return name == null ? TapeKeys.ENVIRONMENT : () -> TapeKey.ofVariable(name);
    }

    /** Returns the key that a tape is written with. */
    TapeKey key() {
        try {
            return keys().key();
        } catch (TapeKeyException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
    }
}
