package org.pgreel.scenarios.catalogue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Finds the files of the catalogue where this program itself comes from, a directory or a jar; no list is kept. */
final class CatalogueFiles {
    private static final String ROOT = "org/pgreel/catalogue/";
    /** A resource that is always there, beside the catalogue. */
    private static final String ANCHOR = "org/pgreel/scenarios/scenario.schema.json";

    private CatalogueFiles() {}

    static List<CatalogueFile> all() {
        URL anchor = CatalogueFiles.class.getResource("/" + ANCHOR);
        try {
            if (anchor == null) {
                throw new FileNotFoundException("the resource " + ANCHOR + " is missing");
            }
            if (anchor.openConnection() instanceof JarURLConnection jar) {
                return inJar(jar);
            }
            String root = anchor.toString();
            return inDirectory(Path.of(new URI(root.substring(0, root.length() - ANCHOR.length()))));
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue of scenarios cannot be read: " + e.getMessage(), e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a resource without an address: " + anchor, e);
        }
    }

    private static List<CatalogueFile> inJar(JarURLConnection connection) throws IOException {
        connection.setUseCaches(false);
        var files = new ArrayList<CatalogueFile>();
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.startsWith(ROOT) && name.endsWith(CatalogueFile.SUFFIX)) {
                    byte[] bytes = jar.getInputStream(entry).readAllBytes();
                    files.add(new CatalogueFile(name, new String(bytes, StandardCharsets.UTF_8)));
                }
            }
        }
        return files;
    }

    private static List<CatalogueFile> inDirectory(Path classes) throws IOException {
        var files = new ArrayList<CatalogueFile>();
        try (Stream<Path> paths = Files.walk(classes.resolve(ROOT))) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(path).toString().replace('\\', '/');
                if (name.endsWith(CatalogueFile.SUFFIX)) {
                    files.add(new CatalogueFile(name, Files.readString(path)));
                }
            }
        }
        return files;
    }
}
