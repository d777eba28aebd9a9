import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command's {@code --name=value}, {@code -Dkey=value} for the bridge, and words; its usage says which names there are. */
final class Options {

    private static final Pattern NAME = Pattern.compile("--([a-z-]+)");

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    private Options() {}

    /** Ends the process after telling the usage when it is asked for, or when a name is not in it. */
    static Options of(String[] args, String usage) {
        Options options = new Options();
        Set<String> known = new HashSet<>();
        Matcher names = NAME.matcher(usage);
        while (names.find()) {
            known.add(names.group(1));
        }
        for (String arg : args) {
            if (arg.equals("--help")) {
                System.out.println(usage);
                System.exit(0);
            }
            options.add(arg, known, usage);
        }
        return options;
    }

    private void add(String arg, Set<String> known, String usage) {
        String[] pair = arg.replaceFirst("^(--|-D)", "").split("=", 2);
        String value = pair.length > 1 ? pair[1] : "";
        if (arg.startsWith("-D")) {
            properties.put(pair[0], value);
        } else if (!arg.startsWith("--")) {
            words.add(arg);
        } else if (known.contains(pair[0])) {
            values.put(pair[0], value);
        } else {
            System.err.println("There is no option " + arg + ".\n" + usage);
            System.exit(2);
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    int number(String name, int absent) {
        return has(name) ? Integer.parseInt(values.get(name)) : absent;
    }

    String text(String name, String absent) {
        return values.getOrDefault(name, absent);
    }

    /** What is no option, in its order. */
    List<String> words() {
        return words;
    }

    int word(int index, int absent) {
        return index < words.size() ? Integer.parseInt(words.get(index)) : absent;
    }

    /** What goes to the bridge, over whatever the command sets itself. */
    Map<String, String> properties() {
        return properties;
    }
}
