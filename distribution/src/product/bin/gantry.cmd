@echo off
rem Runs one command of Gantry on Windows. Needs Java 17 or later: its own of the folder runtime, or else from JAVA_HOME
rem or the PATH.
rem GANTRY_OPTS: options for the virtual machine, such as -Xmx8g.
setlocal EnableExtensions
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if exist "%home%\runtime\bin\java.exe" set "java=%home%\runtime\bin\java"

set "version="
for /f "tokens=3" %%v in ('""%java%" -version 2^>^&1" ^| findstr /i "version"') do if not defined version set "version=%%~v"
if not defined version (
  echo gantry: there is no java on the PATH; install a JDK 17 or later, or set JAVA_HOME 1>&2
  exit /b 1
)
for /f "delims=.-+_" %%m in ("%version%") do set "major=%%m"
if %major% LSS 17 (
  echo gantry: Java 17 or later is needed, but "%java%" is version %version% 1>&2
  exit /b 1
)

rem Short commands end before the optimizing compiler would pay off.
set "compiler=-XX:TieredStopAtLevel=1"
for %%c in (bench evaluate experiments export inpaint interpolate project sample shell train translate) do if "%~1"=="%%c" set "compiler="

"%java%" -Djava.awt.headless=true -Dfile.encoding=UTF-8 %compiler% %GANTRY_OPTS% -cp "%home%\lib\*" org.gantry.launcher.Main %*
exit /b %errorlevel%
