package org.pgreel.scenarios.report;

import java.util.Locale;

/** The pages that every build server or person can read. */
public enum ReportFormat {
    /** JUnit's XML, which build servers read. */
    XML {
        @Override
        public String write(Report report) {
            return JUnitXml.write(report);
        }
    },
    /** One page without anything beside it. */
    HTML {
        @Override
        public String write(Report report) {
            return HtmlPage.write(report);
        }
    },
    /** A table in Markdown, as for the summary of a build. */
    MD {
        @Override
        public String write(Report report) {
            return MarkdownPage.write(report);
        }
    };

    /** Returns the whole page. */
    public abstract String write(Report report);

    /** Returns the end of a file's name that asks for this format, with its dot. */
    public String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }
}
