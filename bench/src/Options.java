import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command's {@code --name=value}, {@code -Dkey=value} for the bridge, and words; bench/usage says which there are, and
 * bench/start shows it. Whatever a command does not know ends the process: a run that ignored it would measure something else.
 */
final class Options {

    private static final Pattern NAME = Pattern.compile("--([a-z-]+)(=?)");
    private static final String PROPERTY = "-D";

    private final String usage;
    /** Whether it takes a value. */
    private final Map<String, Boolean> known = new HashMap<>();

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    private Options(String usage) {
        this.usage = usage;
        Matcher names = NAME.matcher(usage);
        while (names.find()) {
            known.put(names.group(1), !names.group(2).isEmpty());
        }
    }

    /** @param words the most that it takes */
    static Options of(String[] args, String command, int words) {
        try {
            Options options = new Options(Files.readString(Path.of("bench/usage", command)));
            for (String arg : args) {
                options.add(arg);
            }
            if (options.words.size() > words) {
                throw options.refuse("There is no place for " + options.words.get(words) + ".");
            }
            return options;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String arg) {
        String[] pair = arg.replaceFirst("^(--|-D)", "").split("=", 2);
        String value = pair.length > 1 ? pair[1] : "";
        if (arg.startsWith(PROPERTY)) {
            if (!usage.contains(PROPERTY)) {
                throw refuse("This command takes no " + arg + ": it does not pass properties on.");
            }
            properties.put(pair[0], value);
        } else if (!arg.startsWith("-")) {
            words.add(arg);
        } else if (!arg.startsWith("--") || !known.containsKey(pair[0])) {
            throw refuse("There is no option " + arg + ".");
        } else if (known.get(pair[0]) == value.isEmpty()) {
            throw refuse("--" + pair[0] + (value.isEmpty() ? " needs a value." : " takes no value."));
        } else {
            values.put(pair[0], value);
        }
    }

    /**
     * Tells what is wrong, and the usage, and ends the process.
     *
     * @return never; so that it can be thrown
     */
    IllegalArgumentException refuse(String what) {
        System.err.println(what + "\n" + usage.strip());
        System.exit(2);
        return new IllegalArgumentException(what);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    int number(String name, int absent) {
        return has(name) ? number("--" + name, values.get(name)) : absent;
    }

    String text(String name, String absent) {
        return values.getOrDefault(name, absent);
    }

    /** What is no option, in its order. */
    List<String> words() {
        return words;
    }

    int word(int index, int absent) {
        return index < words.size() ? number("Word " + (index + 1), words.get(index)) : absent;
    }

    int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw refuse(name + " is a number, not " + value + ".");
        }
    }

    /** What goes to the bridge, over whatever the command sets itself. */
    Map<String, String> properties() {
        return properties;
    }
}
