package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The system's Chromium with its driver; nothing is downloaded. Every wait is explicit and ends. */
final class Browser implements AutoCloseable {

    /** Without loading style sheets once more, which our content security policy lets nobody do and axe waits for. */
    private static final String AXE_OPTIONS = "{\"preload\":false,\"resultTypes\":[\"violations\"]}";

    /** With {@code -Dbridge.docs.images=true} the pictures of the documentation are made again. */
    private static final boolean PICTURES = Boolean.getBoolean("bridge.docs.images");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_STOPS = 60;
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Whether there are both. */
    static boolean isInstalled() {
        return chromium().isPresent() && find("chromedriver").isPresent();
    }

    static Browser start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium().orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--force-prefers-color-scheme=light",
                "--window-size=1280,1400");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(find("chromedriver").orElseThrow().toFile())
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    void open(String url) {
        driver.get(url);
    }

    void newTab() {
        driver.switchTo().newWindow(org.openqa.selenium.WindowType.TAB);
    }

    String tab() {
        return driver.getWindowHandle();
    }

    /** As a person does, who sees it then. */
    void toTab(String handle) {
        driver.switchTo().window(handle);
        driver.executeCdpCommand("Page.bringToFront", Map.of());
    }

    /** Leaves one tab open, and goes there. */
    void closeOtherTabs(String kept) {
        for (String handle : driver.getWindowHandles()) {
            if (!handle.equals(kept)) {
                driver.switchTo().window(handle).close();
            }
        }
        toTab(kept);
    }

    /** What the system's colours are, {@code light} or {@code dark}. */
    void colours(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** The colour of an element's text and of the page behind it. */
    String colour(String css) {
        return (String) driver.executeScript(
                "const look = getComputedStyle(document.querySelector(arguments[0]));"
                        + "return look.color + ' on ' + getComputedStyle(document.body).backgroundColor;",
                css);
    }

    /** A telephone's screen of so many pixels, in this tab. */
    void phone(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 740, "deviceScaleFactor", 2, "mobile", true));
    }

    void noPhone() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** The elements that stand out of a screen of so many pixels; those that scroll within themselves do not count. */
    @SuppressWarnings("unchecked")
    List<String> outOf(int width) {
        return (List<String>) driver.executeScript(
                "const scrolls = (e) => e && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));"
                        + "return document.documentElement.scrollWidth <= arguments[0] ? []"
                        + " : Array.from(document.querySelectorAll('main *, header *'))"
                        + "   .filter((e) => e.getBoundingClientRect().right > arguments[0] && !scrolls(e.parentElement))"
                        + "   .map((e) => e.outerHTML.slice(0, 120)).concat('the page');",
                width);
    }

    /** Keys as they are pressed, wherever the focus is. */
    void keys(CharSequence... pressed) {
        driver.switchTo().activeElement().sendKeys(pressed);
    }

    /** Presses the tabulator until an element has the focus, and can be seen to have it. */
    void tabTo(String id) {
        for (int pressed = 0; pressed < MOST_STOPS && !id.equals(focused()); pressed++) {
            keys(Keys.TAB);
        }
        assertThat(focused()).as("what the tabulator leads to").isEqualTo(id);
        assertThat(driver.executeScript("return getComputedStyle(document.activeElement).outlineStyle;"))
                .as("the outline of " + id)
                .isNotEqualTo("none");
    }

    private String focused() {
        return (String) driver.executeScript("return document.activeElement.id;");
    }

    String url() {
        return driver.getCurrentUrl();
    }

    void forgetCookies() {
        driver.manage().deleteAllCookies();
    }

    void type(String id, String text) {
        WebElement field = wait(ExpectedConditions.elementToBeClickable(By.id(id)));
        field.clear();
        field.sendKeys(text);
    }

    void choose(String id, String value) {
        new org.openqa.selenium.support.ui.Select(wait(ExpectedConditions.elementToBeClickable(By.id(id))))
                .selectByValue(value);
    }

    void click(String css) {
        wait(ExpectedConditions.elementToBeClickable(By.cssSelector(css))).click();
    }

    /** Answers yes to what the page asks. */
    void confirm() {
        wait(ExpectedConditions.alertIsPresent()).accept();
    }

    /** Waits until an element has a text. */
    void see(String css, String text) {
        see(css, text, PATIENCE);
    }

    void see(String css, String text, Duration patience) {
        until("'" + text + "' in " + css, patience, shown -> texts(css).contains(text));
    }

    /** Waits until an element has another text than {@code old}, and answers it. */
    String seeOther(String css, String old) {
        String[] seen = {old};
        until("another text than '" + old + "' in " + css, PATIENCE, shown -> {
            seen[0] = texts(css);
            return !seen[0].isEmpty() && !seen[0].equals(old);
        });
        return seen[0];
    }

    /** Waits until a number stands in an element, and answers it. */
    long number(String css, long atLeast) {
        long[] seen = {-1};
        until("at least " + atLeast + " in " + css, PATIENCE, shown -> {
            String text = texts(css).replace(",", "");
            seen[0] = text.matches("[0-9]+") ? Long.parseLong(text) : -1;
            return seen[0] >= atLeast;
        });
        return seen[0];
    }

    /** Puts a page into a column of this one, and answers by how much it is wider than the column, in pixels. */
    long overflow(String address, int width) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        Object wider = driver.executeAsyncScript(
                "const done = arguments[2], frame = document.createElement('iframe');"
                        + "frame.width = arguments[1]; frame.height = 600; frame.title = 'column'; frame.src = arguments[0];"
                        + "frame.onload = () => { const page = frame.contentDocument.documentElement;"
                        + " done(page.scrollWidth - page.clientWidth); };"
                        + "document.body.append(frame);",
                address,
                width);
        return ((Number) wider).longValue();
    }

    private String texts(String css) {
        try {
            return String.join(
                    "\n",
                    driver.findElements(By.cssSelector(css)).stream()
                            .map(WebElement::getText)
                            .toList());
        } catch (StaleElementReferenceException e) {
            return "";
        }
    }

    private <T> T wait(Function<? super org.openqa.selenium.WebDriver, T> condition) {
        return new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(condition);
    }

    private void until(String what, Duration patience, Function<? super org.openqa.selenium.WebDriver, Boolean> holds) {
        new WebDriverWait(driver, patience)
                .withMessage(() -> what + " on " + url() + ":\n" + texts("main"))
                .until(holds);
    }

    /** No script failed, nothing was missing, nothing broke the content security policy, since this was last asked. */
    void assertNoErrors() {
        List<String> errors = driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(Object::toString)
                .toList();
        assertThat(errors).as("errors on " + url()).isEmpty();
    }

    /** For what is refused on purpose, which browsers log. */
    void forgetErrors() {
        driver.manage().logs().get(LogType.BROWSER);
    }

    /** By axe-core: nothing that keeps people out. */
    void assertAccessible() {
        AxeBuilder axe = new AxeBuilder().setLegacyMode(true);
        axe.setOptions(AXE_OPTIONS);
        List<Rule> violations = axe.analyze(driver).getViolations();
        assertThat(violations)
                .as("accessibility of " + url())
                .filteredOn(rule -> GRAVE.contains(rule.getImpact()))
                .extracting(rule -> rule.getId() + ": "
                        + rule.getNodes().stream().map(node -> node.getHtml()).toList())
                .isEmpty();
    }

    /** For the documentation. */
    void picture(String name) {
        if (!PICTURES) {
            return;
        }
        try {
            Path images = Files.createDirectories(Path.of("docs/images"));
            Files.write(images.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static Optional<Path> chromium() {
        return find("chromium").or(() -> find("chromium-browser"));
    }

    private static Optional<Path> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
