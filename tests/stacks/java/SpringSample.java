import java.io.File;
import java.io.IOException;
import java.util.logging.LogManager;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Puts Spring's filter, with the rendered bean of each package named, before a servlet; prints the ports. */
public class SpringSample extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getRequestURI()) {
            case "/ok" -> {
                response.setHeader("X-Total", "1");
                response.getWriter().print("ok");
            }
            case "/boom" -> throw new IllegalStateException("boom");
            case "/moved" -> response.sendRedirect("/ok");
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    public static void main(String[] packages) throws Exception {
        LogManager.getLogManager().reset();
        for (String name : packages) {
            Object config = Class.forName(name + ".CorsConfig").getDeclaredConstructor().newInstance();
            Object source = config.getClass().getMethod("corsConfigurationSource").invoke(config);
            File folder = new File(name);
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(folder.getAbsolutePath());
            tomcat.setHostname("127.0.0.1");
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addContext("", folder.getAbsolutePath());
            FilterDef filter = new FilterDef();
            filter.setFilterName("cors");
            filter.setFilter(new CorsFilter((CorsConfigurationSource) source));
            context.addFilterDef(filter);
            FilterMap map = new FilterMap();
            map.setFilterName("cors");
            map.addURLPattern("/*");
            context.addFilterMap(map);
            Tomcat.addServlet(context, "sample", new SpringSample());
            context.addServletMappingDecoded("/*", "sample");
            tomcat.start();
            System.out.println(tomcat.getConnector().getLocalPort());
        }
        System.out.flush();
        System.in.read();
        System.exit(0);
    }
}
