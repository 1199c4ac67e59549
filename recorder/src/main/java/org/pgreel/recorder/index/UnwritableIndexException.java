package org.pgreel.recorder.index;

import java.io.IOException;

/** An index cannot be written; then there is none, and reading takes longer. */
final class UnwritableIndexException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnwritableIndexException(IOException cause) {
        super(cause);
    }
}
