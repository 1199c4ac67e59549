package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A tape that is written beside the one whose place it takes when all went well. Whatever went wrong, it is gone when closed. */
final class TapeDraft implements AutoCloseable {

    private final Path tape;
    private final Path made;

    TapeDraft(Path tape) {
        this.tape = tape;
        this.made = tape.resolveSibling(".recording-" + tape.getFileName());
    }

    /** Returns where it is written. */
    Path path() {
        return made;
    }

    /** Puts it in the tape's place. */
    void takesItsPlace() {
        try {
            Files.move(made, tape, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput("the tape " + tape + " cannot be written: " + Failures.what(e), e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(made);
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(made + " cannot be deleted: " + Failures.what(e), e);
        }
    }
}
