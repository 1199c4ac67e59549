package org.pgreel.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** In which form a command prints, by name: {@code --format json} is what {@code --json} is. */
final class FormatOptions {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Converter.class,
            description = "text, or json, which is the same as --json. Default: text.")
    private boolean json;

    /** Tells the command's output what was chosen. */
    void applyTo(OutputOptions output) {
        output.json |= json;
    }

    /** Reads the forms' words; true for JSON. */
    static final class Converter implements ITypeConverter<Boolean> {

        @Override
        public Boolean convert(String word) {
            return switch (word) {
                case "json" -> true;
                case "text" -> false;
                default -> throw new TypeConversionException("'" + word + "' is not one of text, json");
            };
        }
    }
}
