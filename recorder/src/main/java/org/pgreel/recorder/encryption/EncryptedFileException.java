package org.pgreel.recorder.encryption;

import java.io.IOException;

/** An encrypted file is not as it was written. The message says what is wrong with it, without the file's name. */
public final class EncryptedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    EncryptedFileException(String message) {
        super(message);
    }
}
