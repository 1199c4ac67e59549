package org.pgreel.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** The file of a client's private key: who may read it, as libpq sees it. */
final class KeyFile {
    private static final int ROOT = 0;

    /** Of a file of root's: its group may read it, for services that share a key. */
    private static final int FORBIDDEN_OF_ROOT = 0037;

    private static final int FORBIDDEN = 0077;

    private KeyFile() {}

    /**
     * Refuses a key that others may read. Where files have no such rights, as on Windows, nothing is refused.
     *
     * @throws GeneralSecurityException if it is open to others; it names the file and the rights that it may have
     * @throws IOException if there is no such file
     */
    static void requirePrivate(Path file) throws GeneralSecurityException, IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        int mode = (Integer) Files.getAttribute(file, "unix:mode");
        int owner = (Integer) Files.getAttribute(file, "unix:uid");
        if ((mode & (owner == ROOT ? FORBIDDEN_OF_ROOT : FORBIDDEN)) != 0) {
            throw new GeneralSecurityException("the private key " + file
                    + " is open to others than its owner: run chmod 0600 on it" + " (0640 is allowed if root owns it)");
        }
    }
}
