package org.pgreel.scenarios.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The classes of all modules that are shipped, wherever the build puts them. */
final class MainClasses {
    /** All of them. ArchUnit's own option for leaving tests out does not know the directory of a quick build. */
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("org.pgreel");

    private MainClasses() {}
}
