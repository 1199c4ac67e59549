package org.pgreel.scenarios.catalogue;

/**
 * A file of the catalogue.
 *
 * @param name as resources are named, {@code org/pgreel/catalogue/tls/ssl-junk-byte.pgreel.yaml}
 * @param text what it holds
 */
record CatalogueFile(String name, String text) {
    static final String SUFFIX = ".pgreel.yaml";

    /** Returns the file's name without directory and suffix. */
    String base() {
        return name.substring(name.lastIndexOf('/') + 1, name.length() - SUFFIX.length());
    }

    /** Returns the directory that it lies in. */
    String directory() {
        String path = name.substring(0, name.lastIndexOf('/'));
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
